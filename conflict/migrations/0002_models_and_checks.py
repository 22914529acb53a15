import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conflict', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Check',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='check_of', serialize=False, to='conflict.version', verbose_name='version')),
                ('time', models.DateTimeField(verbose_name='time')),
            ],
            options={
                'verbose_name': 'check',
                'verbose_name_plural': 'checks',
                'ordering': ['-version_id'],
            },
        ),
        migrations.CreateModel(
            name='ModelCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=120, verbose_name='group as printed')),
                ('model', models.CharField(max_length=200, verbose_name='model as printed')),
                ('manufacturer', models.CharField(blank=True, max_length=120, verbose_name='manufacturer as printed')),
                ('total', models.PositiveIntegerField(verbose_name='total')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='model_counts', to='conflict.category', verbose_name='category')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='model_counts', to='conflict.report', verbose_name='report')),
            ],
            options={
                'verbose_name': 'count of a model',
                'verbose_name_plural': 'counts by model',
                'ordering': ['report', 'category__order', 'group', '-total', 'model'],
                'constraints': [models.UniqueConstraint(fields=('report', 'group', 'model', 'manufacturer'), name='model_count_once'), models.CheckConstraint(condition=models.Q(('total__gte', 0), ('total__lte', 1000000000)), name='model_count_in_reason'), models.CheckConstraint(condition=models.Q(models.Q(('model', ''), _negated=True), models.Q(('group', ''), _negated=True)), name='model_count_is_named')],
            },
        ),
    ]
