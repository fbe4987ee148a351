"""Frameworks as reference."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from aboveline.jobs.frameworks import all_frameworks
from aboveline.web.policies import signed_in
from aboveline.web.presenters.crumbs import to_frameworks, to_home
from aboveline.web.presenters.frameworks import framework_page


@signed_in
def frameworks(request: HttpRequest) -> HttpResponse:
    context = {"frameworks": all_frameworks(), "crumbs": to_home()}
    return render(request, "web/frameworks/list.html", context)


@signed_in
def framework(request: HttpRequest, framework_id: str) -> HttpResponse:
    found = next((one for one in all_frameworks() if one.id == framework_id), None)
    if found is None:
        raise Http404
    context = {"page": framework_page(found), "framework": found, "crumbs": to_frameworks()}
    return render(request, "web/frameworks/framework.html", context)
