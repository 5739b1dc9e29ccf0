"""The application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from b12site.body_limit import with_content_length

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b12site.settings")

application = with_content_length(get_wsgi_application())
