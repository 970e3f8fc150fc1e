"""Addresses where pages hand out what the border writes. Wired here, since web and exchange do not know each other."""

from django.urls import path

from samspil.exchange.status_bundle import status_bundle
from samspil.web.orders import views

app_name = "exchange"
urlpatterns = [
    path(
        "statusnotat/<uuid:note_id>/status.json", views.status_document, {"made_by": status_bundle}, name="status_fhir"
    ),
]
