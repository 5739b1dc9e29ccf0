from django.urls import path

from . import views

app_name = "interpretation"
urlpatterns = [
    path("", views.interpret_case, name="interpret"),
    path("paste/", views.paste, name="paste"),
]
