"""A case list in, a sample out."""

from django.urls import path

from aboveline.web.views import caseloads, certificates, samples

OWN = "inspections/<int:inspection_id>/"
DRAW = f"{OWN}draws/<int:ordinal>/"

urlpatterns = [
    path(f"{OWN}caseload/", caseloads.caseload, name="caseload"),
    path(f"{OWN}caseload/template.<str:extension>", caseloads.template, name="caseload-template"),
    path(f"{OWN}caseload/upload/", caseloads.upload, name="caseload-upload"),
    path(f"{OWN}caseload/columns/", caseloads.columns, name="caseload-columns"),
    path(f"{OWN}caseload/check/", caseloads.check, name="caseload-check"),
    path(f"{OWN}caseload/problems.csv", caseloads.problems, name="caseload-problems"),
    path(f"{OWN}caseload/discard/", caseloads.discard, name="caseload-discard"),
    path(f"{OWN}sample/", samples.sample, name="sample"),
    path(f"{OWN}sample/draw/", samples.draw, name="sample-draw"),
    path(f"{OWN}sample/references/", samples.references, name="sample-references"),
    path(f"{OWN}sample/replace/<int:drawn_id>/", samples.replace, name="replace-case"),
    path(f"{DRAW}certificate/", certificates.certificate, name="certificate"),
    path(f"{DRAW}certificate.json", certificates.certificate_json, name="certificate-json"),
    path(f"{DRAW}caseload.csv", certificates.numbered_list, name="certificate-caseload"),
]
