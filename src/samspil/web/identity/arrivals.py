"""From what a provider says to somebody who is logged in, or to a reason in plain words why not."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Denial, Level, LoginRefusal, OrganisationKind, Role
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock, scope
from samspil.kernel.cpr import InvalidCpr
from samspil.kernel.scope import Scope
from samspil.web.identity import provider_talk, sealed, tokens
from samspil.web.identity.attempts import Attempt
from samspil.web.identity.configuration import Provider, Surface
from samspil.web.identity.groups import NotReadable, groups_from
from samspil.web.shell import logins


@dataclass
class NotIn(Exception):
    """`code` is what an unknown person can tell the one who gives access."""

    reason: LoginRefusal
    identity_id: UUID | None = None
    code: str = ""
    denied: list[tuple[int, Denial]] | None = None


def scope_at(provider: Provider) -> Scope:
    """Until it is known who comes: the municipality whose citizens log in there, else nobody's."""
    return Scope(municipality=provider.municipality)


def provider_of(key: str) -> Provider | None:
    return next((one for one in settings.IDENTITY_PROVIDERS if one.key == key), None)


def token_of(
    request: HttpRequest, provider: Provider, attempt: Attempt, *, redirect_uri: str
) -> tuple[str, tokens.Person]:
    """The id token that the code in the address gives, and what it says. Raises NotIn."""
    try:
        _refuse_another_sender(request, provider)
        _refuse_an_error(request)
        code = request.GET.get("code", "")
        token = provider_talk.exchange(provider, redirect_uri=redirect_uri, code=code, verifier=attempt.verifier)
        since = attempt.begun_at if attempt.again_for else None
        person = tokens.person(provider, token, nonce=attempt.nonce, now=clock.now(), shown_since=since)
    except provider_talk.NoAnswer as error:
        raise NotIn(LoginRefusal.NO_ANSWER) from error
    except tokens.NotFresh as error:
        raise NotIn(LoginRefusal.NOT_FRESH) from error
    except (provider_talk.Rejected, tokens.Untrusted) as error:
        raise NotIn(LoginRefusal.NOT_TRUSTED) from error
    return token["id_token"], person


def let_in(request: HttpRequest, provider: Provider, attempt: Attempt, person: tokens.Person, *, id_token: str) -> None:
    """Open a session for the one the token names. Raises NotIn."""
    now = clock.now()
    nobody = access.system_actor(now.date(), municipality=provider.municipality)
    identity = access.meet_identity(actor=nobody, at=now, issuer=provider.issuer, subject=person.subject)
    if person.level is None or person.level < provider.level:
        raise NotIn(LoginRefusal.LEVEL_TOO_LOW, identity.id)
    level = Level(person.level)
    user_id = identity.user_id
    if user_id is None and not attempt.again_for and provider.surface is Surface.CITIZEN:
        user_id = _linked_citizen(provider, person, identity.id, now)
    if attempt.again_for and str(user_id) != attempt.again_for:
        raise NotIn(LoginRefusal.SOMEBODY_ELSE, identity.id)
    if user_id is None:
        raise NotIn(LoginRefusal.UNKNOWN_PERSON, identity.id, identity.code)
    rights, denied = _rights(provider, person, user_id, level, now.date())
    actor = access.actor_for(user_id, on=now.date(), rights=rights)
    if actor is None:
        is_too_low = any(why is Denial.LEVEL_TOO_LOW for _number, why in denied)
        reason = LoginRefusal.LEVEL_TOO_LOW if is_too_low else LoginRefusal.NO_ROLE_HERE
        raise NotIn(reason, identity.id, denied=denied)
    # A provider that does not say when, only knows that it was before; a fresh log-in is then asked for when needed.
    long_ago = now - dt.timedelta(days=1)
    user = access.User.objects.get(id=user_id)
    logins.begin(request, user, provider=provider.key, confirmed_at=person.confirmed_at or long_ago, rights=rights)
    with scope.within(actor.scope):
        access.open_login(
            actor=actor,
            at=now,
            session_key=request.session.session_key or "",
            arrival=access.Arrival(
                identity_id=identity.id,
                sid=person.sid,
                hint_sealed=sealed.seal(id_token, key=sealed.own_key()),
                level=level,
                denied=denied,
            ),
        )


def _refuse_another_sender(request: HttpRequest, provider: Provider) -> None:
    """A provider that names itself in its answers must be the one we sent the person to."""
    said = request.GET.get("iss")
    promised = provider_talk.metadata(provider).get("authorization_response_iss_parameter_supported")
    if said != provider.issuer and (said is not None or promised):
        raise NotIn(LoginRefusal.NOT_TRUSTED)


def _refuse_an_error(request: HttpRequest) -> None:
    match request.GET.get("error"):
        case None:
            if not request.GET.get("code"):
                raise NotIn(LoginRefusal.NOT_TRUSTED)
        case "access_denied":
            raise NotIn(LoginRefusal.CANCELLED)
        case "unmet_authentication_requirements":
            raise NotIn(LoginRefusal.LEVEL_TOO_LOW)
        case _:
            raise NotIn(LoginRefusal.NO_ANSWER)


def _rights(
    provider: Provider, person: tokens.Person, user_id: UUID, level: Level, on: dt.date
) -> tuple[access.Rights, list[tuple[int, Denial]]]:
    """Staff get what both the token and their organisation say; citizens and relatives what is written here."""
    local = access.local_roles(user_id, on=on)
    if provider.surface is Surface.CITIZEN:
        return access.own_rights([one for one in local if not access.is_of_staff(one.role)], level=level), []
    try:
        groups = groups_from(person.claims.get(provider.groups_claim), organisation=provider.organisation)
    except NotReadable:
        groups = []
    terms = access.Terms(
        roles={name: Role(role) for name, role in provider.roles.items()},
        org_unit=provider.org_unit,
        covering=provider.covering,
    )
    return access.rights_of(groups, [one for one in local if access.is_of_staff(one.role)], terms=terms, level=level)


def _linked_citizen(provider: Provider, person: tokens.Person, identity_id: UUID, now: dt.datetime) -> UUID:
    """Find the citizen by the CPR number once; afterwards the identity is known by itself. Raises NotIn."""
    cpr = person.claims.get(provider.cpr_claim)
    try:
        citizen_id = citizens.find_by_cpr(provider.municipality, cpr) if isinstance(cpr, str) else None
    except InvalidCpr:
        citizen_id = None
    if citizen_id is None:
        raise NotIn(LoginRefusal.NO_CITIZEN, identity_id, access.code_of(identity_id))
    nobody = access.system_actor(now.date(), municipality=provider.municipality)
    user_id = citizens.user_of(citizen_id, on=now.date())
    if user_id is None:
        if access.RoleAssignment.objects.filter(citizen_id=citizen_id, role=Role.CITIZEN).exists():
            raise NotIn(LoginRefusal.NO_ROLE_HERE, identity_id)  # somebody has closed the room
        first, last = citizens.Citizen.objects.values_list("first_name", "last_name").get(id=citizen_id)
        home = access.Organisation.objects.get(
            kind=OrganisationKind.MUNICIPALITY, municipality_code=provider.municipality
        )
        user_id = access.open_own_room(
            actor=nobody, at=now, citizen_id=citizen_id, name=f"{first} {last}", organisation_id=home.id
        )
    access.link_identity(actor=nobody, at=now, identity_id=identity_id, user_id=user_id, why="cpr")
    return user_id
