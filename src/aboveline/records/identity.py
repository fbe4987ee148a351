"""The service's own case reference: a keyed hash to match uploads by, and a sealed copy for those who may see it."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(ValueError):
    """Raised where sealed text was made under another secret or was changed."""


@cache
def _key(purpose: str, secret: str) -> bytes:
    return HKDF(SHA256(), 32, None, purpose.encode()).derive(secret.encode())


def reference_hash(inspection_id: int, reference: str) -> str:
    """Return the keyed hash of a reference; the same reference hashes apart in another inspection."""
    key = _key("case reference", settings.SECRET_KEY)
    return hmac.new(key, f"{inspection_id}:{reference}".encode(), hashlib.sha256).hexdigest()


def link_token(seed: str) -> str:
    """The token of a link, 256 bits in 43 characters: made from a seed and the secret, so that who reads the database
    alone cannot make it, and a letter tried again holds the same link."""
    made = hmac.new(_key("link in a letter", settings.SECRET_KEY), seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def token_digest(token: str) -> str:
    """What is kept of a link's token: it is 256 random bits, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def seal(content: bytes, purpose: str = "sealed content") -> bytes:
    """Encrypt. What is sealed for one purpose cannot be opened for another."""
    return _box(purpose).encrypt(content)


def unseal(sealed: bytes | memoryview, purpose: str = "sealed content") -> bytes:
    """Return what was sealed for this purpose. Raises CannotUnseal."""
    try:
        return _box(purpose).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise CannotUnseal("this was sealed under another secret, for another purpose, or was changed") from error


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose, settings.SECRET_KEY)))
