from django.urls import path

from samspil.web.meetings import views_calling, views_feedback, views_layouts, views_meeting, views_preparing

app_name = "meetings"
urlpatterns = [
    path("", views_calling.upcoming, name="list"),
    path("indkald/<uuid:case_id>/", views_calling.call, name="call"),
    path("<uuid:meeting_id>/", views_meeting.meeting, name="meeting"),
    path("<uuid:meeting_id>/flyt/", views_calling.move, name="move"),
    path("<uuid:meeting_id>/aflys/", views_calling.cancel, name="cancel"),
    path("<uuid:meeting_id>/punkt/", views_meeting.add_point, name="add_point"),
    path("<uuid:meeting_id>/tjek/<uuid:item_id>/", views_meeting.tick, name="tick"),
    path("<uuid:meeting_id>/forbered/", views_preparing.begin, name="prepare"),
    path("<uuid:meeting_id>/forbered/<slug:step>/", views_preparing.question, name="prepare_step"),
    path("<uuid:meeting_id>/forberedt/", views_preparing.done, name="prepared"),
    path("<uuid:meeting_id>/svar/", views_feedback.answer, name="feedback"),
    path("<uuid:meeting_id>/link/", views_feedback.invite, name="feedback_link"),
    path("svar/<str:token>/", views_feedback.answer_by_link, name="feedback_by_link"),
    path("tilbage/<uuid:case_id>/", views_feedback.over_time, name="feedback_over_time"),
    path("tilbage/<uuid:case_id>/<uuid:feedback_id>/", views_feedback.changed, name="feedback_changed"),
    path("opsaetninger/", views_layouts.layouts, name="layouts"),
    path("opsaetninger/ny/", views_layouts.new, name="layout_new"),
    path("opsaetninger/<slug:slug>/", views_layouts.change, name="layout"),
]
