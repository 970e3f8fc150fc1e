from django.urls import URLPattern

from samspil.web.authority import urls_cases, urls_goals, urls_letters, urls_orders

app_name = "authority"
urlpatterns: list[URLPattern] = [
    *urls_cases.urlpatterns,
    *urls_goals.urlpatterns,
    *urls_orders.urlpatterns,
    *urls_letters.urlpatterns,
]
