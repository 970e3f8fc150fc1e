from django.urls import path

from samspil.web.leadership import views, views_learning, views_own_deadlines, views_rules

app_name = "leadership"
urlpatterns = [
    path("laering/", views_learning.learning, name="learning"),
    path("log/", views.log_review, name="log_review"),
    path("regler/frister/", views_own_deadlines.own_deadlines, name="own_deadlines"),
    path("regler/", views_rules.rules, name="rules"),
    path("regler/<uuid:provision_id>/bekraeft/", views_rules.verify, name="verify_rule"),
    path("regler/<uuid:provision_id>/traek-tilbage/", views_rules.unverify, name="unverify_rule"),
    path("log/traek/", views.draw, name="draw"),
    path("log/<uuid:review_id>/", views.item, name="review_item"),
]
