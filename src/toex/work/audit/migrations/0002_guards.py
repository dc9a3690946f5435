from django.db import migrations

from toex.work.audit.guards import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
