"""The first tables."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='FieldOfAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('slug', models.SlugField(editable=False, max_length=80, unique=True)),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='in one sentence')),
                ('icon', models.CharField(choices=[('house', 'house'), ('handshake', 'handshake'), ('bus', 'bus'), ('bolt', 'lightning'), ('leaf', 'leaf'), ('hiking', 'hiking'), ('shop', 'shop'), ('people', 'people')], default='people', max_length=12, verbose_name='drawing')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('slug', models.SlugField(editable=False, max_length=80, unique=True)),
                ('ags', models.CharField(max_length=8, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{8}\\Z', 'The AGS has eight digits.')], verbose_name='official municipality key (AGS)')),
                ('postcodes', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[0-9]{5}(, [0-9]{5})*\\Z', 'Please give postcodes of five digits, separated by commas.')], verbose_name='postcodes')),
                ('latitude', models.FloatField(validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('population', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10000000)], verbose_name='inhabitants')),
                ('address', models.CharField(blank=True, max_length=160, verbose_name='address of the town hall')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('about', models.TextField(blank=True, max_length=2000, verbose_name='about the municipality')),
            ],
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('slug', models.SlugField(editable=False, max_length=120, unique=True)),
                ('together', models.TextField(blank=True, max_length=3000, verbose_name='what we do together')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('active', models.BooleanField(default=True, verbose_name='shown')),
            ],
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('display_name', models.CharField(max_length=60, verbose_name='display name')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='club, business or organisation')),
                ('skills', models.CharField(blank=True, max_length=300, verbose_name='what I am good at')),
                ('offers', models.CharField(blank=True, max_length=300, verbose_name='what I can offer')),
                ('visible_to', models.CharField(choices=[('office', 'only the office'), ('public', 'everybody')], default='office', max_length=10, verbose_name='who sees skills and offers')),
                ('language', models.CharField(choices=[('de', 'Deutsch'), ('en', 'English')], default='de', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('registration', models.UUIDField(editable=False, null=True, unique=True)),
                ('joined_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('interests', models.ManyToManyField(blank=True, related_name='+', to='participation.fieldofaction', verbose_name='interests')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participation.municipality', verbose_name='home municipality')),
            ],
        ),
        migrations.CreateModel(
            name='Alliance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('short_name', models.CharField(help_text='Shown beside the logo.', max_length=60, verbose_name='short name')),
                ('slogan', models.CharField(blank=True, help_text='A few words, for instance: Gute Ideen wachsen hier.', max_length=60, verbose_name='headline of the start page')),
                ('district', models.CharField(blank=True, max_length=80, verbose_name='district')),
                ('management_label', models.CharField(default='Allianzmanagement', help_text='“Allianzmanagement” or “Umsetzungsbegleitung”, as the alliance calls it.', max_length=60, verbose_name='name of the management')),
                ('office_label', models.CharField(default='Geschäftsstelle', max_length=60, verbose_name='name of the office')),
                ('office_address', models.TextField(blank=True, max_length=300, verbose_name='address of the office')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address of the office')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('opening_hours', models.CharField(blank=True, max_length=120, verbose_name='opening hours')),
                ('about', models.TextField(blank=True, max_length=5000, verbose_name='about the alliance')),
                ('network', models.TextField(blank=True, max_length=3000, verbose_name='network and cooperation')),
                ('thanks', models.TextField(blank=True, max_length=3000, verbose_name='thanks to former members')),
                ('expected_municipalities', models.PositiveSmallIntegerField(blank=True, help_text='How many the alliance has. Those not yet entered are shown as empty places.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)], verbose_name='number of member municipalities')),
                ('responsible_body', models.TextField(blank=True, help_text='Name and address of the municipality or administrative community that answers for this portal in law.', max_length=300, verbose_name='responsible body')),
                ('represented_by', models.CharField(blank=True, max_length=160, verbose_name='represented by')),
                ('supervisory_authority', models.CharField(blank=True, max_length=160, verbose_name='supervisory authority')),
                ('data_protection_contact', models.TextField(blank=True, help_text='How to reach the officer of the responsible body.', max_length=300, verbose_name='data protection officer')),
                ('accent', models.CharField(default='#1f5c3d', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Please give the colour like this: #1f5c3d.')], verbose_name='accent colour')),
                ('logo', models.CharField(blank=True, editable=False, max_length=80)),
                ('logo_alt', models.CharField(blank=True, max_length=120, verbose_name='text for the logo')),
                ('holiday_set', models.CharField(choices=[('BY', 'Bavaria'), ('BY-catholic', 'Bavaria with Assumption Day (mostly Catholic municipalities)')], default='BY-catholic', max_length=12, verbose_name='public holidays')),
                ('closing_days', models.CharField(blank=True, default='24.12., 31.12.', help_text='Days of each year on which the office is closed, for instance 24.12., 31.12.', max_length=200, verbose_name='closing days of the office')),
                ('updated_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='alliance_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('kind', models.CharField(choices=[('barrier', 'Barrier report')], max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('path', models.CharField(max_length=300)),
                ('public', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='case_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('actor_registered', 'An actor registered'), ('actor_confirmed', 'An actor confirmed the e-mail address'), ('actor_erased', 'An actor deleted the account'), ('terms_accepted', 'An actor accepted the terms of use'), ('appointment_made', 'A post was filled'), ('appointment_ended', 'A post ended'), ('alliance_changed', 'The profile of the alliance was changed'), ('municipality_changed', 'A municipality was changed'), ('field_changed', 'A field of action was changed'), ('partner_changed', 'A partner organisation was changed'), ('legal_text_published', 'A legal text was published'), ('barrier_reported', 'A barrier was reported'), ('barrier_answered', 'A barrier report was answered')], max_length=40)),
                ('at', models.DateTimeField(db_index=True)),
                ('role', models.CharField(blank=True, max_length=30)),
                ('facts', models.JSONField(default=dict)),
                ('demonstration', models.BooleanField(default=False)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='participation.case')),
            ],
        ),
        migrations.CreateModel(
            name='LegalText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('imprint', 'Imprint'), ('privacy', 'Privacy'), ('terms', 'Terms of use'), ('accessibility', 'Accessibility statement')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField(max_length=40000, verbose_name='German text')),
                ('html', models.TextField(editable=False)),
                ('text_en', models.TextField(blank=True, max_length=40000, verbose_name='English text')),
                ('html_en', models.TextField(blank=True, editable=False)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='legal_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PendingDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300)),
                ('fields', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(blank=True, max_length=4)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='reference_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='BarrierReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(blank=True, max_length=300, verbose_name='page')),
                ('text', models.TextField(max_length=3000, verbose_name='what did not work')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail address')),
                ('language', models.CharField(default='de', max_length=2)),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='answer')),
                ('answer_due_on', models.DateField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered')], default='open', max_length=10)),
                ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['answer_due_on'], name='barrier_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered'])), name='barrier_report_state'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('state', 'open')), models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='barrier_report_answered_with_moment_and_words')],
            },
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contributes_to', 'contributes to'), ('split_into', 'split into'), ('merged_into', 'merged into'), ('worked_on_by', 'worked on by'), ('decided_in', 'decided in')], max_length=20)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='participation.case')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='participation.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target', 'kind'), name='case_link_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='case_link_not_to_itself')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('terms', 'Terms of use'), ('age', 'Minimum age')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('actor', 'purpose', 'version'), name='consent_once')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(choices=[('manager', 'alliance manager'), ('moderator', 'moderator'), ('intern', 'intern'), ('spokesperson', 'spokesperson'), ('mayor', 'mayor'), ('ale', 'representative of the Office for Rural Development (ALE)')], max_length=20, verbose_name='post')),
                ('since', models.DateField(verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.municipality', verbose_name='municipality')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='appointment_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('post', 'mayor'), _negated=True), ('municipality__isnull', False), _connector='OR'), name='appointment_mayor_has_municipality')],
            },
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='actor_email_once_whatever_case'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('is_active', False), _connector='OR'), name='actor_erased_is_inactive'),
        ),
        migrations.AddIndex(
            model_name='pendingdraft',
            index=models.Index(fields=['actor', 'path'], name='draft_actor_path'),
        ),
    ]
