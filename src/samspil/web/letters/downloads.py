"""A frozen paper, as it was sent."""

from django.http import HttpResponse

from samspil.contexts.letters.api import Paper


def as_pdf(paper: Paper) -> HttpResponse:
    answer = HttpResponse(paper.pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.filename}"'
    return answer
