from django.urls import path

from samspil.web.provider import views_orders, views_status

urlpatterns = [
    path("bestillinger/", views_orders.orders_page, name="orders"),
    path("bestilling/<uuid:order_id>/", views_orders.order, name="order"),
    path("bestilling/<uuid:order_id>/tag-imod/", views_orders.accept, name="accept"),
    path("bestilling/<uuid:order_id>/sig-nej/", views_orders.decline, name="decline"),
    path("bestilling/<uuid:order_id>/spoerg/", views_orders.ask, name="ask"),
    path("spoergsmaal/<uuid:question_id>/svar/", views_orders.answer, name="answer"),
    path("bestilling/<uuid:order_id>/statusnotat/", views_status.compose, name="compose"),
    path("statusnotat/<uuid:note_id>/", views_status.status_note, name="status_note"),
    path("statusnotat/<uuid:note_id>/afsnit/<uuid:part_id>/", views_status.part, name="status_part"),
    path("statusnotat/<uuid:note_id>/afsnit/<uuid:part_id>/uaendret/", views_status.unchanged, name="unchanged"),
    path("statusnotat/<uuid:note_id>/send/", views_status.send, name="send_status"),
    path("statusnotat/<uuid:note_id>/tag-tilbage/", views_status.take_back, name="take_back"),
    path("statusnotat/<uuid:note_id>/slet/", views_status.drop, name="drop_status"),
    path("statusnotat/<uuid:note_id>/status.pdf", views_status.pdf, name="status_pdf"),
]
