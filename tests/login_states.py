"""Log-ins beside the one in use, for those who walk the forms."""

from django.http import HttpRequest

from samspil.contexts.access.models import Login, User
from samspil.kernel import clock
from samspil.web.shell import logins
from samspil.web.shell.sessions import SessionStore


def logged_in_elsewhere() -> None:
    """Everybody, once, and under the same names each time."""
    for user in User.objects.filter(is_active=True):
        request = HttpRequest()
        request.session = SessionStore()
        logins.begin(request, user)
        request.session.save()
        key = request.session.session_key or ""
        Login.objects.create(id=user.id, user=user, session_key=key, opened_at=clock.now())
