"""From moderation to publication, and what is public."""

from django.urls import path

from aboveline.web.views import concluding, draft, moderation, published

ONE = "inspections/<int:inspection_id>/"
OUT = "published/<int:published_id>/"

urlpatterns = [
    path(f"{ONE}findings/", concluding.findings, name="findings"),
    path(f"{ONE}findings/new/", concluding.new_finding, name="new-finding"),
    path(f"{ONE}findings/<int:finding_id>/", concluding.finding, name="finding"),
    path(f"{ONE}statement/", concluding.statement, name="statement"),
    path(f"{ONE}sign-off/", concluding.signing, name="sign-off"),
    path(f"{ONE}sign-off/sign/", concluding.sign_it, name="sign-it"),
    path(f"{ONE}sign-off/parts/<slug:part>/", concluding.signed_part, name="sign-off-part"),
    path(f"{ONE}publication/", concluding.publication, name="publication"),
    path(f"{ONE}publication/moderate/", concluding.moderate_now, name="moderate-now"),
    path(f"{ONE}publication/send/", concluding.send_draft, name="send-draft"),
    path(f"{ONE}publication/publish/", concluding.publish_it, name="publish"),
    path(f"{ONE}publication/call-off/", concluding.call_off, name="call-off"),
    path(f"{ONE}publication/correct/", concluding.correct, name="correct"),
    path(f"{ONE}draft/", draft.draft, name="draft"),
    path(f"{ONE}draft/board/", draft.board, name="board-summary"),
    path(f"{ONE}draft/complete/", draft.finish, name="finish-answer"),
    path(f"{ONE}draft/points/new/", draft.new_point, name="new-point"),
    path(f"{ONE}draft/points/<int:point_id>/", draft.point, name="draft-point"),
    path(f"{ONE}moderation/", moderation.moderation, name="moderation"),
    path(f"{ONE}moderation/bands/<int:override_id>/", moderation.decide_band, name="decide-band"),
    path(f"{ONE}moderation/scores/<str:target>/", moderation.moderated_score, name="moderated-score"),
    path(f"{ONE}moderation/scores/<str:target>/band/", moderation.propose_band, name="propose-band"),
    path("published/", published.published, name="published"),
    path(OUT, published.published_inspection, name="published-inspection"),
    path(f"{OUT}versions/<int:ordinal>/", published.published_version, name="published-version"),
    path(f"{OUT}versions/<int:ordinal>/scores.<str:extension>", published.published_file, name="published-file"),
]
