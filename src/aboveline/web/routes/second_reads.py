"""Second reads, and how far the readers agree."""

from django.urls import path

from aboveline.web.views import agreement, second_reads

OWN = "inspections/<int:inspection_id>/"
CASE = f"{OWN}cases/<str:number>/"

urlpatterns = [
    path(f"{OWN}second-reads/", second_reads.second_reads, name="second-reads"),
    path(f"{OWN}second-reads/choose/", second_reads.choose_reads, name="choose-second-reads"),
    path(f"{OWN}second-reads/give/", second_reads.give, name="give-second-read"),
    path(f"{OWN}agreement/", agreement.agreement, name="agreement"),
    path(f"{CASE}second-read/", second_reads.read_again, name="second-read"),
    path(f"{CASE}second-read/hand-in/", second_reads.submit_read, name="submit-second-read"),
    path(f"{CASE}side-by-side/", second_reads.side_by_side, name="side-by-side"),
    path(f"{CASE}side-by-side/<str:question>/", second_reads.settle, name="settle"),
]
