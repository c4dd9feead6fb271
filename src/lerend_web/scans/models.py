"""The register's side of a scan: waves, their units and key groups, what was frozen. No answer ever stands here."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import Collected, MailState, Mode, WaveKind, WaveState


class ScanManager(models.Manager["Wave"]):
    """Scans only: a pulse is never taken for the newest round, nor counted as one."""

    def get_queryset(self) -> models.QuerySet[Wave]:
        return super().get_queryset().filter(kind=WaveKind.SCAN)


class Wave(models.Model):
    """One scan put to everybody in one organisation, or one pulse of a series.

    `objects` holds the scans; `every` also the pulses, which go through the same doors, urn and closing.

    `code` is a public random name of the wave that both doors use; it says nothing about the organisation. Everything
    that the promise holds freezes on opening, or with the first card printed: `promise` is its exact text,
    `promise_digest` its SHA-256. `cards_printed_at` is empty again once the cards were voided, which takes two people:
    `void_asked_by` is the first. `response_people` is the figure of the day `response_on`, already rounded. A wave that was
    collected elsewhere was read from a file: it never opened here, and its people had another promise.

    Of a pulse, and of a round that measures a pilot, `asks` names the units that are asked, each as
    ``{"unit": path, "arm": label}``; empty for everybody. Units of different arms are never in one key group. `series` is what its promise says of the series; `series_digest` the
    digest of the promise of the whole series: from then on its rules stand.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="waves")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="waves")
    code = models.CharField(max_length=26, unique=True)
    name = models.CharField(max_length=120)
    instrument = models.CharField(max_length=80, default="employee-scan@1")
    mode = models.CharField(max_length=8, choices=[(mode.value, mode.value) for mode in Mode], default=Mode.CARD)
    k = models.PositiveSmallIntegerField(default=5)
    opens_on = models.DateField()
    closes_on = models.DateField()
    heard_back_on = models.DateField(null=True, blank=True)
    works_council_consent_on = models.DateField(null=True, blank=True)
    works_council_not_applicable = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in WaveState], default=WaveState.PLANNED)
    closing_step = models.CharField(max_length=20, blank=True)
    trial_opened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    promise = models.TextField(blank=True)
    promise_digest = models.CharField(max_length=64, blank=True)
    cards_printed_at = models.DateTimeField(null=True, blank=True)
    void_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    response_on = models.DateField(null=True, blank=True)
    response_people = models.PositiveIntegerField(null=True, blank=True)
    takes_comments = models.BooleanField(default=True)
    collected = models.CharField(max_length=9, choices=[(c.value, c.value) for c in Collected], default=Collected.HERE)
    kind = models.CharField(max_length=5, choices=[(k.value, k.value) for k in WaveKind], default=WaveKind.SCAN)
    asks = models.JSONField(default=list, blank=True)
    series = models.JSONField(default=dict, blank=True)
    series_digest = models.CharField(max_length=64, blank=True)

    objects = ScanManager()
    every = models.Manager["Wave"]()

    class Meta:
        base_manager_name = "every"
        ordering = ("-opens_on", "-id")
        constraints = (
            models.CheckConstraint(condition=models.Q(k__gte=5), name="a_wave_never_shows_fewer_than_five"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("opens_on")), name="a_wave_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned") | models.Q(heard_back_on__isnull=False),
                name="no_wave_starts_without_a_date_to_hear_back",
            ),
        )

    def __str__(self) -> str:
        return self.name


class WaveUnit(models.Model):
    """The tree as it stood when the wave opened: one row a leaf, its path from the outside in.

    `came` and `left` are people since the wave before, as the company contact counts them; empty where nobody said.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="units")
    path = models.JSONField()
    headcount = models.PositiveIntegerField()
    key_group = models.ForeignKey("KeyGroup", models.CASCADE, related_name="units")
    came = models.PositiveIntegerField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True)


class KeyGroup(models.Model):
    """A union of units with at least k invited people (seven where k is five): the finest that an answer is tied to.

    `code` is its public random name. `invited` is the headcount, `printed` the number of cards.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="key_groups")
    code = models.CharField(max_length=26, unique=True)
    label = models.CharField(max_length=200)
    invited = models.PositiveIntegerField()
    printed = models.PositiveIntegerField(default=0)
    voided = models.PositiveIntegerField(default=0)
    token_key = models.BinaryField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("wave", "label"), name="key_groups_of_a_wave_have_different_labels"),
        )

    def __str__(self) -> str:
        return self.label


class Invitation(models.Model):
    """An address to which a way in is mailed, and the team that its owner belongs to (`unit`, a path).

    The secret of the link stands nowhere; `name` is a hash that leads back to nothing. `issued` counts the passes that
    door 1 signed for it, two at most, and `blinded` holds a digest of each blinded number, so that the same one can be
    signed again after a broken line. When somebody came stands nowhere; at closing the rows are removed.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    key_group = models.ForeignKey(KeyGroup, models.SET_NULL, null=True, related_name="invitations")
    unit = models.JSONField()
    address = models.EmailField(max_length=254)
    name = models.BinaryField(max_length=32, null=True, unique=True)
    issued = models.PositiveSmallIntegerField(default=0)
    blinded = models.BinaryField(default=b"", max_length=64)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in MailState], default=MailState.READY)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ("address",)
        constraints = (
            models.UniqueConstraint(fields=("wave", "address"), name="an_address_is_invited_once_a_wave"),
            models.CheckConstraint(condition=models.Q(issued__lte=2), name="an_invitation_gives_two_passes_at_most"),
        )

    def __str__(self) -> str:
        return self.address


class Reminder(models.Model):
    """A day on which everybody who was invited got a reminder, whether or not they had taken part."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reminders")
    on = models.DateField()

    class Meta:
        ordering = ("on",)
        constraints = (models.UniqueConstraint(fields=("wave", "on"), name="one_reminder_a_day"),)

    def __str__(self) -> str:
        return self.on.isoformat()


class KeyHolder(models.Model):
    """One of the two who can open the urn: the public half of the key in their file, made in their browser.

    `person` is who handed it in: outside a demo the keys come from two different people.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="key_holders")
    label = models.CharField(max_length=120)
    public_key = models.BinaryField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("wave", "label"), name="key_holders_of_a_wave_have_different_labels"),
        )

    def __str__(self) -> str:
        return self.label


class FrozenWave(models.Model):
    """What survives a closed wave: sums, nothing about one person. Nobody is shown anything of them but through a release.

    `statistics` is the serialised frozen statistics with its format number; empty where too few people answered.
    `tables` are means by background question, `response` how the teams of twenty or more went through the questionnaire; both
    computed while there were people to count.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="frozen")
    statistics = models.BinaryField()
    tables = models.JSONField(default=dict)
    response = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    answered = models.PositiveIntegerField()
    left_out = models.JSONField(default=dict)


class StoredRelease(models.Model):
    """Everything that may be shown of a wave, as the gate let it through: a file that is never changed.

    A later `number` of the same wave shows the same figures or fewer; only what management said in its signed forms may
    be new in it.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("wave", "number")
        constraints = (models.UniqueConstraint(fields=("wave", "number"), name="releases_of_a_wave_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.wave} {self.number}"


class FrozenComment(models.Model):
    """A remark in somebody's own words. Mixed before it was stored; it carries no team, no language and no time.

    `about` is the part of the questionnaire, or ``general``.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="comments")
    about = models.CharField(max_length=20)
    text = models.CharField(max_length=500)
