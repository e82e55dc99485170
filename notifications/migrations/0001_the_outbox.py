"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participation', '0001_the_house'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=60)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='de', max_length=2)),
                ('facts', models.JSONField(default=dict)),
                ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'account'), (1, 'own case'), (2, 'office'), (3, 'followed'), (4, 'digest')])),
                ('message_id', models.CharField(max_length=300, unique=True)),
                ('state', models.CharField(choices=[('due', 'due'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('suppressed', 'not sent'), ('recorded', 'recorded, not mailed')], default='due', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('losses', models.PositiveSmallIntegerField(default=0, help_text='How often its sender vanished.')),
                ('not_before', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_by', models.CharField(blank=True, help_text='Worker and number of the claim.', max_length=200)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.event')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['urgency', 'not_before'], name='delivery_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='delivery_claimed'), models.Index(condition=models.Q(('finished_at__isnull', False), models.Q(('address', ''), _negated=True)), fields=['finished_at'], name='delivery_to_scrub')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'sending', 'sent', 'failed', 'suppressed', 'recorded'])), name='delivery_state'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['due', 'sending'])), models.Q(models.Q(('state__in', ['due', 'sending']), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='delivery_finished_with_moment'), models.UniqueConstraint(condition=models.Q(('event__isnull', False), ('recipient__isnull', False)), fields=('event', 'letter', 'recipient'), name='delivery_once_a_person'), models.UniqueConstraint(condition=models.Q(('event__isnull', False), ('recipient__isnull', True), models.Q(('address', ''), _negated=True)), fields=('event', 'letter', 'address'), name='delivery_once_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.event')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('failed_at__isnull', True)), fields=['not_before'], name='intake_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('failed_at__isnull', True), _connector='OR'), name='intake_done_or_failed')],
            },
        ),
    ]
