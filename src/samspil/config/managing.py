"""`samspil manage …`: Django's commands, for whoever sits at the keyboard and so in the scope of Samspil itself."""

import os
import sys

from django.core.management import execute_from_command_line

from samspil.kernel import scope

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.config.settings")
    scope.stay(scope.SYSTEM)
    execute_from_command_line(["samspil manage", *sys.argv[1:]])
