from django.urls import path

from samspil.web.identity import views, views_logins

app_name = "identity"
urlpatterns = [
    path("log-ind/", views.login, name="login"),
    path("log-ind/hos/<slug:provider_key>/", views.depart, name="depart"),
    path("log-ind/retur/", views.arrive, name="arrive"),
    path("log-ind/steder/", views_logins.places, name="places"),
    path("log-ind/steder/log-af/", views_logins.end, name="end_login"),
    path("log-ud/", views.logout, name="logout"),
    path("log-ud/farvel/", views.farewell, name="farewell"),
    path("log-ud/fra/<slug:provider_key>/", views.back_channel, name="back_channel"),
]
