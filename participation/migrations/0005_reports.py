import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('participation', '0004_merging'),
    ]

    operations = [
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=3000, verbose_name='why you do not agree')),
                ('state', models.CharField(choices=[('open', 'open'), ('upheld', 'upheld'), ('rejected', 'not upheld')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='words to the person concerned')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('idea', 'Idea'), ('comment', 'Comment'), ('profile', 'Profile')], max_length=10)),
                ('page', models.CharField(max_length=300, verbose_name='address of the page')),
                ('reason', models.CharField(choices=[('rude', 'It insults or threatens somebody.'), ('hate', 'It stirs up hatred against people.'), ('private', 'It shows personal data of others without their consent.'), ('pretends', 'It pretends to come from somebody else or from an authority.'), ('unlawful', 'It breaks the law or the rights of others.'), ('children', 'It shows the sexual abuse of children.'), ('advertising', 'It advertises something.'), ('other', 'It breaks another rule of the terms of use.')], max_length=20, verbose_name='reason')),
                ('text', models.TextField(max_length=3000, verbose_name='what is wrong with it')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='your name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='your e-mail address')),
                ('language', models.CharField(default='de', max_length=2)),
                ('submission', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('upheld', 'upheld'), ('rejected', 'not upheld')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True, max_length=3000, verbose_name='words to whoever reported it')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('idea', 'Idea'), ('comment', 'Comment'), ('profile', 'Profile')], max_length=10)),
                ('measure', models.CharField(choices=[('hidden', 'hidden'), ('blocked', 'account blocked')], max_length=10)),
                ('reason', models.CharField(choices=[('rude', 'It insults or threatens somebody.'), ('hate', 'It stirs up hatred against people.'), ('private', 'It shows personal data of others without their consent.'), ('pretends', 'It pretends to come from somebody else or from an authority.'), ('unlawful', 'It breaks the law or the rights of others.'), ('children', 'It shows the sexual abuse of children.'), ('advertising', 'It advertises something.'), ('other', 'It breaks another rule of the terms of use.')], max_length=20, verbose_name='reason')),
                ('facts', models.TextField(max_length=3000, verbose_name='the facts')),
                ('rule', models.CharField(blank=True, max_length=300, verbose_name='the rule')),
                ('was_reported', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('in_force', 'in force'), ('lifted', 'lifted')], default='in_force', max_length=10)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='actor',
            name='blocked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='actor',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='actor',
            name='hidden_reason',
            field=models.CharField(blank=True, choices=[('rude', 'It insults or threatens somebody.'), ('hate', 'It stirs up hatred against people.'), ('private', 'It shows personal data of others without their consent.'), ('pretends', 'It pretends to come from somebody else or from an authority.'), ('unlawful', 'It breaks the law or the rights of others.'), ('children', 'It shows the sexual abuse of children.'), ('advertising', 'It advertises something.'), ('other', 'It breaks another rule of the terms of use.')], max_length=20),
        ),
        migrations.AddField(
            model_name='comment',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='hidden_reason',
            field=models.CharField(blank=True, choices=[('rude', 'It insults or threatens somebody.'), ('hate', 'It stirs up hatred against people.'), ('private', 'It shows personal data of others without their consent.'), ('pretends', 'It pretends to come from somebody else or from an authority.'), ('unlawful', 'It breaks the law or the rights of others.'), ('children', 'It shows the sexual abuse of children.'), ('advertising', 'It advertises something.'), ('other', 'It breaks another rule of the terms of use.')], max_length=20),
        ),
        migrations.AddField(
            model_name='idea',
            name='hidden_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='idea',
            name='hidden_reason',
            field=models.CharField(blank=True, choices=[('rude', 'It insults or threatens somebody.'), ('hate', 'It stirs up hatred against people.'), ('private', 'It shows personal data of others without their consent.'), ('pretends', 'It pretends to come from somebody else or from an authority.'), ('unlawful', 'It breaks the law or the rights of others.'), ('children', 'It shows the sexual abuse of children.'), ('advertising', 'It advertises something.'), ('other', 'It breaks another rule of the terms of use.')], max_length=20),
        ),
        migrations.AlterField(
            model_name='case',
            name='kind',
            field=models.CharField(choices=[('barrier', 'Barrier report'), ('idea', 'Idea'), ('report', 'Report'), ('objection', 'Objection')], max_length=20),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('actor_registered', 'An actor registered'), ('actor_confirmed', 'An actor confirmed the e-mail address'), ('actor_erased', 'An actor deleted the account'), ('terms_accepted', 'An actor accepted the terms of use'), ('appointment_made', 'A post was filled'), ('appointment_ended', 'A post ended'), ('alliance_changed', 'The profile of the alliance was changed'), ('municipality_changed', 'A municipality was changed'), ('field_changed', 'A field of action was changed'), ('partner_changed', 'A partner organisation was changed'), ('legal_text_published', 'A legal text was published'), ('barrier_reported', 'A barrier was reported'), ('barrier_answered', 'A barrier report was answered'), ('idea_submitted', 'An idea was submitted'), ('idea_resubmitted', 'An idea was corrected and sent again'), ('idea_returned', 'The office asked the author of an idea something'), ('idea_warned', "The author of an idea was reminded of the office's question"), ('idea_published', 'An idea was published'), ('idea_declined', 'An idea was not published'), ('idea_withdrawn', 'An idea was withdrawn by its author'), ('idea_merged', 'An idea was merged with another one'), ('idea_unmerged', 'A merged idea stands on its own again'), ('idea_took_in', 'An idea took in another one'), ('idea_gave_back', 'An idea that took in another one gave it back'), ('idea_answered', 'The office answered an idea'), ('idea_considered', 'An idea is under consideration'), ('idea_deferred', 'An idea was deferred'), ('idea_adopted', 'An idea was adopted'), ('idea_not_adopted', 'An idea was not adopted'), ('idea_in_progress', 'Work on an idea began'), ('idea_realised', 'An idea was realised'), ('idea_not_realised', 'An idea could not be realised'), ('case_taken', 'Somebody of the office took a case'), ('case_handed_over', 'A case was handed over within the office'), ('comment_written', 'A comment was written'), ('comment_removed', 'A comment was removed'), ('idea_hidden', 'An idea was hidden'), ('idea_shown_again', 'A hidden idea can be read again'), ('comment_hidden', 'A comment was hidden'), ('comment_shown_again', 'A hidden comment can be read again'), ('profile_hidden', 'A profile was hidden'), ('profile_shown_again', 'A hidden profile can be read again'), ('actor_blocked', 'An account was blocked'), ('actor_unblocked', 'A blocked account was opened again'), ('report_received', 'Something was reported to the office'), ('report_upheld', 'A report was upheld'), ('report_rejected', 'A report was not upheld'), ('objection_received', 'Somebody objected to a decision of the office'), ('objection_upheld', 'An objection was upheld'), ('objection_rejected', 'An objection was not upheld'), ('promise_extended', 'A promised answer was put off'), ('promises_overdue', 'Promised answers are overdue')], max_length=40),
        ),
        migrations.AlterField(
            model_name='promise',
            name='subject',
            field=models.CharField(choices=[('answer', 'answer to an idea'), ('second_answer', 'answer to a corrected idea'), ('report', 'answer to a report'), ('objection', 'answer to an objection')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('blocked_at__isnull', True), ('is_active', False), _connector='OR'), name='actor_blocked_is_inactive'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='actor_hidden_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='comment_hidden_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='idea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='idea_hidden_for_a_reason'),
        ),
        migrations.AddField(
            model_name='objection',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.case'),
        ),
        migrations.AddField(
            model_name='objection',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.case'),
        ),
        migrations.AddField(
            model_name='report',
            name='comment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.comment'),
        ),
        migrations.AddField(
            model_name='report',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='idea',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.idea'),
        ),
        migrations.AddField(
            model_name='report',
            name='profile',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='reporter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='addressee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='comment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.comment'),
        ),
        migrations.AddField(
            model_name='statement',
            name='idea',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participation.idea'),
        ),
        migrations.AddField(
            model_name='statement',
            name='profile',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='statement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='participation.statement'),
        ),
        migrations.AddField(
            model_name='objection',
            name='statement',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='participation.statement'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['addressee'], name='statement_addressee'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_force', 'lifted'])), name='statement_state'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('state', 'in_force')), models.Q(('lifted_at__isnull', False), ('state', 'lifted')), _connector='OR'), name='statement_lifted_with_moment'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('facts', ''), _negated=True), name='statement_says_what'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', 'blocked'), _negated=True), ('kind', 'profile'), _connector='OR'), name='statement_blocks_accounts_only'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'idea'), ('comment__isnull', True), ('idea__isnull', False), ('profile__isnull', True)), models.Q(('kind', 'comment'), ('comment__isnull', False), ('idea__isnull', False), ('profile__isnull', True)), models.Q(('kind', 'profile'), ('comment__isnull', True), ('idea__isnull', True)), _connector='OR'), name='statement_about_one_thing'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['state'], name='report_state_index'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'upheld', 'rejected'])), name='report_state'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), models.Q(models.Q(('state__in', ['rejected']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR')), _connector='OR'), name='report_decided_with_moment'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'idea'), ('comment__isnull', True), ('idea__isnull', False), ('profile__isnull', True)), models.Q(('kind', 'comment'), ('comment__isnull', False), ('idea__isnull', False), ('profile__isnull', True)), models.Q(('kind', 'profile'), ('comment__isnull', True), ('idea__isnull', True)), _connector='OR'), name='report_about_one_thing'),
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(fields=['state'], name='objection_state_index'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'upheld', 'rejected'])), name='objection_state'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), models.Q(models.Q(('state__in', ['upheld', 'rejected']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR')), _connector='OR'), name='objection_decided_with_words'),
        ),
    ]
