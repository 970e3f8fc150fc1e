from django.urls import path

from samspil.web.authority import views_letters

urlpatterns = [
    path("breve/", views_letters.to_post, name="letters_to_post"),
    path("borgere/<uuid:case_id>/breve/", views_letters.case_letters, name="letters"),
    path("borgere/<uuid:case_id>/breve/nyt/", views_letters.new, name="letter_new"),
    path("brev/<uuid:letter_id>/", views_letters.letter, name="letter"),
    path("brev/<uuid:letter_id>/send/", views_letters.send, name="letter_send"),
    path("brev/<uuid:letter_id>/send-nu/", views_letters.send_notice, name="letter_send_notice"),
    path("brev/<uuid:letter_id>/slet/", views_letters.drop, name="letter_drop"),
    path("brev/<uuid:letter_id>/nyt/", views_letters.replace, name="letter_replace"),
    path("brev/<uuid:letter_id>/<slug:document>.pdf", views_letters.paper, name="letter_pdf"),
    path("forsendelse/<uuid:dispatch_id>/sendt/", views_letters.post, name="letter_posted"),
]
