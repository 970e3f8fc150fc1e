from django.urls import path

from samspil.web.leadership import views, views_learning, views_own_deadlines, views_rules

app_name = "leadership"
urlpatterns = [
    path("laering/", views_learning.learning, name="learning"),
    path("log/", views.log_review, name="log_review"),
    path("regler/frister/", views_own_deadlines.own_deadlines, name="own_deadlines"),
    path("regler/", views_rules.rules, name="rules"),
    path("log/traek/", views.draw, name="draw"),
    path("log/<uuid:review_id>/", views.item, name="review_item"),
]
