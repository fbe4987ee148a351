"""Signing in and out, one's own account, invitations, people and the conflict register."""

from django.urls import path

from aboveline.web.views import accounts, conflicts, invitations, my_account, new_password, people, single_sign_on

SERVICE = "services/<slug:slug>/people/"
TEAM = "inspections/<int:inspection_id>/team/"
PROGRAMME = "programmes/<slug:programme>/people/"
CONFLICTS = "services/<slug:slug>/conflicts/"
TEAM_CONFLICTS = "inspections/<int:inspection_id>/conflicts/"
PROVIDER = "sign-in/with/<slug:provider_id>/"

#: three names are those by which the account library looks for its own pages
urlpatterns = [
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-in/code/", accounts.second_factor, name="mfa_authenticate"),
    path(PROVIDER, single_sign_on.leave, name="openid_connect_login"),
    path(f"{PROVIDER}back/", single_sign_on.come_back, name="openid_connect_callback"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("password/", new_password.forgotten, name="forgotten-password"),
    path("password/<str:number>/<str:token>/", new_password.new_password, name="new-password"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("account/", my_account.account, name="account"),
    path("account/password/", my_account.password, name="change-password"),
    path("account/second-factor/", my_account.set_up, name="set-up-second-factor"),
    path("account/recovery-codes/", my_account.codes, name="recovery-codes"),
    path("account/answer-keys/", my_account.answer_keys, name="answer-keys"),
    path("account/session/", my_account.session, name="session"),
    path("account/sessions/others/end/", my_account.end_others, name="end-other-sessions"),
    path("account/sessions/<int:session_id>/end/", my_account.end_one, name="end-session"),
    path("account/conflicts/", conflicts.mine, name="my-conflicts"),
    path(CONFLICTS, conflicts.register, name="service-conflicts"),
    path(f"{CONFLICTS}new/", conflicts.enter, name="service-enter-conflict"),
    path(f"{CONFLICTS}<int:entry_id>/withdraw/", conflicts.withdraw, name="service-withdraw-conflict"),
    path(TEAM_CONFLICTS, conflicts.team_register, name="inspection-conflicts"),
    path(f"{TEAM_CONFLICTS}new/", conflicts.team_enter, name="inspection-enter-conflict"),
    path(f"{TEAM_CONFLICTS}<int:tie_id>/", conflicts.team_take_up, name="inspection-take-up-conflict"),
    path(f"{TEAM_CONFLICTS}<int:tie_id>/withdraw/", conflicts.team_withdraw, name="inspection-withdraw-conflict"),
    path(SERVICE, people.service_people, name="service-people"),
    path(f"{SERVICE}invite/", people.service_invite, name="service-invite"),
    path(f"{SERVICE}letters/", people.service_letters, name="service-letters"),
    path(f"{SERVICE}give/", people.service_give, name="service-give-role"),
    path(f"{SERVICE}<int:service_role>/end/", people.service_end, name="service-end-role"),
    path(
        f"{SERVICE}invitations/<int:service_invitation>/withdraw/",
        people.service_withdraw,
        name="service-withdraw-invitation",
    ),
    path(TEAM, people.team, name="inspection-people"),
    path(f"{TEAM}invite/", people.team_invite, name="inspection-invite"),
    path(f"{TEAM}letters/", people.team_letters, name="inspection-letters"),
    path(f"{TEAM}give/", people.team_give, name="inspection-give-role"),
    path(f"{TEAM}<int:team_role>/end/", people.team_end, name="inspection-end-role"),
    path(
        f"{TEAM}invitations/<int:team_invitation>/withdraw/",
        people.team_withdraw,
        name="inspection-withdraw-invitation",
    ),
    path(PROGRAMME, people.programme_people, name="programme-people"),
    path(f"{PROGRAMME}invite/", people.programme_invite, name="programme-invite"),
    path(f"{PROGRAMME}letters/", people.programme_letters, name="programme-letters"),
    path(f"{PROGRAMME}give/", people.programme_give, name="programme-give-role"),
    path(f"{PROGRAMME}<int:programme_role>/end/", people.programme_end, name="programme-end-role"),
    path(
        f"{PROGRAMME}invitations/<int:programme_invitation>/withdraw/",
        people.programme_withdraw,
        name="programme-withdraw-invitation",
    ),
]
