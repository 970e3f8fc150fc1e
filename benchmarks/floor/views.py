"""Three views: nothing at all, five look-ups with 30 KB of HTML, one INSERT."""

import random

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from benchmarks.floor.models import Line, Row
from benchmarks.floor.rows import ROWS

LINES = [
    {
        "number": number,
        "title": f"Linje nummer {number}",
        "name": f"Person {number * 7 % 60}",
        "words": "Vi gik en tur langs vandet og talte om, hvad der er vigtigt lige nu. " * 4,
    }
    for number in range(60)
]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hej med dig!")


def page(request: HttpRequest) -> HttpResponse:
    rows = [Row.objects.get(pk=random.randint(1, ROWS)) for _ in range(5)]
    return render(request, "floor_page.html", {"rows": rows, "lines": LINES})


@csrf_exempt
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """One row, and the commit that autocommit makes of it."""
    Line.objects.create(text=request.POST["text"], at=timezone.now())
    return HttpResponse(status=204)
