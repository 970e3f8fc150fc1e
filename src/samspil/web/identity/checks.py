"""What keeps Samspil from starting in production: every way in that is not an identity provider."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from joserfc.errors import JoseError

from samspil.contexts.access.api import Role, is_of_staff
from samspil.web.identity import provider_talk


@register()
def roles_are_roles(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The tables of the providers name roles of ours, and only those of people at work."""
    staff = {role.value for role in Role if is_of_staff(role)}
    return [
        Error(
            f"SAMSPIL_IDENTITY, {one.key}: {role} er ingen rolle for medarbejdere. Brug: {', '.join(sorted(staff))}.",
            id="samspil.E008",
        )
        for one in settings.IDENTITY_PROVIDERS
        for role in sorted(set(one.roles.values()) - staff)
    ]


@register()
def keys_are_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Better found at the start than at the first log-in of the morning."""
    faults: list[CheckMessage] = []
    for one in settings.IDENTITY_PROVIDERS:
        try:
            fits = not one.private_key or provider_talk.private_key(one).is_private
        except (ValueError, TypeError, JoseError):
            fits = False
        if not fits:
            words = f"{one.key}: private_key_file er ingen privat nøgle til {one.private_key_algorithm}."
            faults.append(Error(f"SAMSPIL_IDENTITY, {words}", id="samspil.E009"))
    return faults


@register()
def only_providers_let_people_in(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.MODE != "production":
        return []
    faults = [
        (
            not settings.IDENTITY_PROVIDERS,
            "E001",
            "Ingen kan logge ind: sæt SAMSPIL_IDENTITY til filen med jeres log-in-udbydere (docs/operations.md).",
        ),
        (settings.DEMO_LOGIN, "E002", "Demo-log-in findes kun i demo. Fjern SAMSPIL_DEMO_LOGIN."),
        (bool(settings.AUTHENTICATION_BACKENDS), "E003", "Log-in med adgangskode findes ikke i drift."),
        (settings.DEBUG, "E004", "DEBUG viser hemmeligheder og må ikke være sat i drift."),
        (
            any("ikke-hemmelig" in key or len(key) < 50 for key in (settings.SECRET_KEY, settings.CPR_KEY)),
            "E005",
            "SAMSPIL_SECRET_KEY og SAMSPIL_CPR_KEY skal være mindst 50 tilfældige tegn.",
        ),
        (
            any(one.issuer.startswith("http://") for one in settings.IDENTITY_PROVIDERS),
            "E006",
            "En log-in-udbyder i drift skal have en adresse, der begynder med https://.",
        ),
        (
            not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE),
            "E007",
            "Sessionens cookies skal være Secure i drift.",
        ),
    ]
    return [Error(words, id=f"samspil.{number}") for is_so, number, words in faults if is_so]
