from django.urls import path

from samspil.web.authority import views_orders, views_status

urlpatterns = [
    path("borgere/<uuid:case_id>/samarbejde/", views_orders.case_orders, name="case_orders"),
    path("borgere/<uuid:case_id>/bestilling/ny/", views_orders.order_new, name="order_new"),
    path("bestilling/<uuid:order_id>/", views_orders.order, name="order"),
    path("bestilling/<uuid:order_id>/tag-tilbage/", views_orders.withdraw, name="order_withdraw"),
    path("bestilling/<uuid:order_id>/luk/", views_orders.close, name="order_close"),
    path("bestilling/<uuid:order_id>/afslut/", views_orders.end, name="order_end"),
    path("bestilling/<uuid:order_id>/spoerg/", views_orders.ask, name="ask"),
    path("spoergsmaal/<uuid:question_id>/svar/", views_orders.answer, name="answer"),
    path("beskeder/", views_orders.messages, name="messages"),
    path("statusnotat/<uuid:note_id>/", views_status.status_note, name="status_note"),
    path("statusnotat/<uuid:note_id>/beslut/", views_status.decide, name="decide"),
    path("statusnotat/<uuid:note_id>/status.pdf", views_status.pdf, name="status_pdf"),
]
