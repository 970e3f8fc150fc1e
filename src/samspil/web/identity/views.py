"""Log in and out: through the providers of the installation, or in the demo by picking a person."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import logout as end_session
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import LoginRefusal
from samspil.contexts.notes import api as notes
from samspil.kernel import clock, scope
from samspil.web.identity import arrivals, attempts, demo_login, provider_talk, refusals, sealed, tokens
from samspil.web.identity.configuration import Provider
from samspil.web.shell import drafting, logins, parked
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.typed import typed_words


@dataclass(frozen=True, slots=True)
class Door:
    """A button on the log-in page."""

    label: str
    url: str


@access.public
def login(request: ActorRequest) -> HttpResponse:
    """Choose where to show who you are. A form that waits travels along, and so does the page that was wanted."""
    wanted, kept = next_of(request, "/"), request.POST.get("parked", "")
    again = bool(request.POST.get("igen") or request.GET.get("igen"))
    if settings.DEMO_LOGIN:
        return _demo(request, wanted, kept)
    if not settings.IDENTITY_PROVIDERS:
        raise Http404
    context = {"doors": _doors(request), "next": wanted, "parked": kept, "again": again}
    return render(request, "identity/login.html", context)


@access.public
@require_POST
def depart(request: ActorRequest, provider_key: str) -> HttpResponse:
    """Send a person to a provider. As a page of its own: a form's redirect may not leave the site."""
    provider = arrivals.provider_of(provider_key)
    if provider is None:
        raise Http404
    again = bool(request.POST.get("igen")) and request.actor is not None
    attempt, state, cookie = attempts.begin(
        provider=provider_key,
        wanted=next_of(request, "/"),
        parked=request.POST.get("parked", ""),
        again_for=str(request.actor.person_id) if again else "",
    )
    try:
        address = provider_talk.departure(
            provider,
            redirect_uri=_return_address(request),
            state=state,
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            fresh=again,
            language=get_language() or "da",
        )
    except provider_talk.NoAnswer:
        return _refuse(request, provider, arrivals.NotIn(LoginRefusal.NO_ANSWER), attempt)
    return attempts.keep(render(request, "identity/leaving.html", {"url": address, "is_farewell": False}), cookie)


@access.arrival
@require_GET
def arrive(request: ActorRequest) -> HttpResponse:
    """Back from a provider: let the person in, or say in plain words why not."""
    attempt = attempts.take(request)
    provider = arrivals.provider_of(attempt.provider) if attempt else None
    if attempt is None or provider is None:
        return _refuse(request, None, arrivals.NotIn(LoginRefusal.STALE), None)
    try:
        id_token, person = arrivals.token_of(request, provider, attempt, redirect_uri=_return_address(request))
        with scope.within(arrivals.scope_at(provider)):
            arrivals.let_in(request, provider, attempt, person, id_token=id_token)
    except arrivals.NotIn as why:
        return _refuse(request, provider, why, attempt)
    if attempt.parked:
        return attempts.drop(_send_again(request, attempt.parked))
    return attempts.drop(redirect(attempt.wanted))


@access.public
@require_POST
def logout(request: ActorRequest) -> HttpResponse:
    """Leave here, and then at the provider."""
    login = logins.of(request)
    hint = None
    if request.actor is not None:
        session_key = request.session.session_key or ""
        hint = accounts.close_login(actor=request.actor, at=clock.now(), session_key=session_key)
    end_session(request)
    provider = arrivals.provider_of(login.provider) if login else None
    if provider is None:
        return redirect("identity:login")
    back = request.build_absolute_uri(reverse("identity:farewell"))
    id_token = sealed.unseal(hint, key=sealed.own_key()) if hint else None
    try:
        address = provider_talk.farewell(provider, id_token=id_token or "", back=back, state=sealed.new_key())
    except provider_talk.NoAnswer:
        address = None
    return render(request, "identity/leaving.html", {"url": address or back, "is_farewell": True})


@access.public
@require_GET
def farewell(request: HttpRequest) -> HttpResponse:
    return render(request, "identity/farewell.html", {})


@csrf_exempt
@access.public
@require_POST
def back_channel(request: HttpRequest, provider_key: str) -> HttpResponse:
    """A provider says that somebody has left: their sessions end at once. Answers as the standard wants."""
    provider = arrivals.provider_of(provider_key)
    if provider is None:
        raise Http404
    now = clock.now()
    nobody = accounts.system_actor(now.date())
    try:
        subject, sid, jti, until = tokens.left(provider, request.POST.get("logout_token", ""), now=now)
    except (tokens.Untrusted, provider_talk.NoAnswer):
        return _answer(400)
    if not accounts.spend_token(
        actor=nobody, at=now, issuer=provider.issuer, token_hash=sealed.digest(jti), until=until
    ):
        return _answer(400)
    accounts.end_logins(actor=nobody, at=now, issuer=provider.issuer, subject=subject, sid=sid)
    return _answer(200)


def _answer(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="application/json", headers={"Cache-Control": "no-store"})


def _refuse(
    request: ActorRequest, provider: Provider | None, why: arrivals.NotIn, attempt: attempts.Attempt | None
) -> HttpResponse:
    if provider is not None:  # an address that anybody can type leaves nothing behind
        now = clock.now()
        with scope.within(arrivals.scope_at(provider)):
            accounts.refuse_login(
                actor=accounts.system_actor(now.date(), municipality=provider.municipality),
                at=now,
                reason=why.reason,
                provider=provider.key,
                identity_id=why.identity_id,
                denied=why.denied,
            )
    page = refusals.PAGES[why.reason]
    context = {
        "heading": page.heading,
        "text": text_of(why.reason),
        "code": why.code,
        "next": attempt.wanted if attempt else "/",
        "parked": attempt.parked if attempt else "",
        "again": bool(attempt and attempt.again_for),
    }
    return attempts.drop(render(request, "identity/refused.html", context, status=page.status))


def _demo(request: ActorRequest, wanted: str, kept: str) -> HttpResponse:
    if request.method == "POST" and request.POST.get("person"):
        user = demo_login.person(request.POST["person"], on=clock.today())
        if user is None:
            raise Http404
        logins.begin(request, user)
        now, key = clock.now(), request.session.session_key or ""
        actor = accounts.actor_for(user.id, on=now.date())
        if actor is None:
            raise Http404
        with scope.within(actor.scope):
            accounts.open_login(actor=actor, at=now, session_key=key, arrival=None)
        return _send_again(request, kept) if kept else redirect(wanted)
    groups = demo_login.groups(on=clock.today())
    return render(request, "identity/demo.html", {"groups": groups, "next": wanted, "parked": kept})


def _send_again(request: HttpRequest, kept: str) -> HttpResponse:
    login = logins.of(request)
    try:
        sent = parked.unpark(kept, user_id=str(login.user_id) if login else "")
    except signing.BadSignature:
        return redirect("shell:front")
    if login:
        _keep_as_draft(login, sent)
    pairs = [(name, value) for name, values in sent.fields.items() for value in values]
    context = {"to": sent.to, "page": sent.page, "pairs": pairs, "shown": typed_words(sent.fields.items())}
    return render(request, "identity/send_again.html", context)


def _keep_as_draft(login: logins.Login, sent: parked.Parked) -> None:
    """So that the form can also be opened, with its text in it."""
    now = clock.now()
    actor = accounts.actor_for(login.user_id, on=now.date())
    if actor is not None and typed_words(sent.fields.items()):
        key, fields = drafting.key_at(actor, sent.to), drafting.fields_of(sent.fields.items())
        with scope.within(actor.scope):
            notes.save_draft(actor=actor, at=now, key=key, fields=fields)


def _doors(request: ActorRequest) -> list[Door]:
    """One for each provider; somebody who must only confirm who it is gets the one they came through."""
    here = logins.of(request)
    mine = here.provider if here else ""
    is_english = get_language() == "en"
    return [
        Door(one.label_en if is_english else one.label, reverse("identity:depart", args=[one.key]))
        for one in settings.IDENTITY_PROVIDERS
        if request.actor is None or one.key == mine
    ]


def _return_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("identity:arrive"))
