from django.urls import path

from samspil.web.board import views_board, views_closing, views_live

app_name = "board"
urlpatterns = [
    path("<uuid:meeting_id>/", views_board.board, name="board"),
    path("<uuid:meeting_id>/vis/", views_board.show, name="show"),
    path("<uuid:meeting_id>/åbn/", views_board.open_board, name="open"),
    path("<uuid:meeting_id>/kort/", views_board.change, name="change"),
    path("<uuid:meeting_id>/ops/", views_live.ops, name="ops"),
    path("<uuid:meeting_id>/trin/", views_live.changes, name="changes"),
    path("<uuid:meeting_id>/strøm/", views_live.stream, name="stream"),
    path("<uuid:meeting_id>/afslut/", views_closing.closing, name="closing"),
    path("<uuid:meeting_id>/fortryd/", views_closing.undo, name="undo"),
    path("<uuid:meeting_id>/billede/", views_closing.picture, name="picture"),
    path("<uuid:meeting_id>/billede.pdf", views_closing.picture_pdf, name="picture_pdf"),
]
