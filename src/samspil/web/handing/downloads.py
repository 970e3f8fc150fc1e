"""A frozen answer, as it was handed out."""

from django.http import HttpResponse

from samspil.contexts.disclosure.api import Paper


def as_file(paper: Paper) -> HttpResponse:
    answer = HttpResponse(paper.data, content_type=paper.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{paper.filename}"'
    return answer
