"""The urn's side: sealed boxes and card codes. It knows no person, no organisation, no time and no order.

These tables live in a database of their own. They have no surrogate key: on SQLite they are WITHOUT ROWID, so that the
order of arrival stands nowhere; the primary key is a hash, so rows lie in the order of chance.
"""

from __future__ import annotations

from django.db import models


class OpenWave(models.Model):
    """What door 2 must know to take answers: which form, and until when. Only what is public stands here.

    `document` is the public document of the wave: instrument, key groups with their public keys, key holders' public
    keys, the server's public key, the promise's digest. The row stays after closing, so that a late visitor reads
    "closed" and the promise stays in sight.
    """

    code = models.CharField(primary_key=True, max_length=26)
    is_taking = models.BooleanField(default=True)
    document = models.JSONField()


class Box(models.Model):
    """One person's sealed answers; sent again under the same serial it is replaced."""

    serial = models.BinaryField(primary_key=True, max_length=32)
    key_group = models.CharField(max_length=26, db_index=True)
    sealed = models.BinaryField()


class Card(models.Model):
    """A card's code, hashed. First use binds it to the hash of a secret on the receipt: the code alone then does nothing.

    Nothing here leads to a box: the serial of a card's box is the hash of that same secret.
    """

    code_hash = models.BinaryField(primary_key=True, max_length=32)
    key_group = models.CharField(max_length=26, db_index=True)
    bound_to = models.BinaryField(null=True, max_length=32)
    is_void = models.BooleanField(default=False)
