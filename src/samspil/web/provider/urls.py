from django.urls import URLPattern

from samspil.web.provider import urls_cases, urls_goals, urls_orders

app_name = "provider"
urlpatterns: list[URLPattern] = [
    *urls_cases.urlpatterns,
    *urls_orders.urlpatterns,
    *urls_goals.urlpatterns,
]
