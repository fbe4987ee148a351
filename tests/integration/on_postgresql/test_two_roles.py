"""With the application's own credentials even raw SQL cannot unmake the trail; what it needs for its work it can do."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from tests.integration.on_postgresql.conftest import APPLICATION, OWNER, Installation

UNMAKING = (
    "UPDATE records_auditevent SET verb = 'x'",
    "UPDATE records_auditevent SET actor_id = NULL WHERE sequence = 1",
    "DELETE FROM records_auditevent",
    "TRUNCATE records_auditevent CASCADE",
    "UPDATE records_auditvalue SET value = 'x'",
    "TRUNCATE records_auditvalue",
    "INSERT INTO records_audithead VALUES (2, 5, 'x')",
    "DELETE FROM records_audithead",
    "TRUNCATE records_audithead",
    "UPDATE records_audithead SET id = 2",
    "DROP TRIGGER audit_event_final ON records_auditevent",
    "DROP TRIGGER audit_head_moves_on ON records_audithead",
    "ALTER TABLE records_auditevent DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "DROP TABLE records_auditevent CASCADE",
    "CREATE OR REPLACE FUNCTION audit_event_is_final() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE elsewhere (id int)",
    f"SET ROLE {OWNER}",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999', now())",
    "CREATE RULE quiet AS ON INSERT TO records_auditevent DO INSTEAD NOTHING",
)
#: what the owner's own rights would allow, and the triggers refuse
BY_TRIGGER = (*UNMAKING[:4], "DELETE FROM records_audithead", "UPDATE records_audithead SET sequence = 0")
WORK = (
    "INSERT INTO records_service (slug, name, area, region, synthetic) VALUES ('w', 'W', 'A', '', false)",
    "UPDATE records_service SET name = 'V'",
    "UPDATE records_audithead SET sequence = sequence + 1, hash = 'h'",
    "SELECT 1 FROM records_audithead FOR UPDATE",
    "DELETE FROM records_auditvalue",
    "DELETE FROM django_session",
    "UPDATE records_letter SET tried = tried + 1",
    "SELECT 1 FROM django_tasks_database_dbtaskresult FOR UPDATE SKIP LOCKED",
    "DELETE FROM django_tasks_database_dbtaskresult",
)


def refused(connection: psycopg.Connection, statement: str, why: type[Exception]) -> bool:
    with pytest.raises(psycopg.Error) as error, connection.transaction():
        connection.execute(statement)
    return isinstance(error.value, why)


@pytest.mark.parametrize("statement", UNMAKING)
def test_the_application_cannot_unmake_the_trail(installation, statement):
    with installation.connect(APPLICATION) as connection:
        assert refused(connection, statement, InsufficientPrivilege), statement


def test_the_application_cannot_give_itself_more(installation):
    """PostgreSQL only warns here, so the right itself is asked for."""
    with installation.connect(APPLICATION) as connection:
        connection.execute(f"GRANT UPDATE, TRIGGER ON records_auditevent TO PUBLIC, {APPLICATION}")
        assert refused(connection, UNMAKING[0], InsufficientPrivilege)


@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_what_the_owner_has_the_right_to_the_triggers_refuse(installation, statement):
    with installation.connect(OWNER) as connection:
        assert refused(connection, statement, RaiseException), statement


def test_control_the_owner_can_take_the_triggers_away_so_the_owner_must_not_serve(installation):
    with installation.connect(OWNER) as connection:
        connection.execute("ALTER TABLE records_auditevent DISABLE TRIGGER audit_event_final")
        assert connection.execute("UPDATE records_auditevent SET reason = 'x'").rowcount > 0
        connection.rollback()


@pytest.mark.parametrize("statement", WORK)
def test_the_application_can_do_its_work(installation, statement):
    with installation.connect(APPLICATION) as connection:
        connection.execute(statement)
        connection.rollback()


def test_a_table_made_by_a_later_migration_is_the_application_s_too(installation):
    """Rights are given table by table after each migration, so none is left without."""
    with installation.connect(APPLICATION) as connection:
        question = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        tables = [name for (name,) in connection.execute(question)]
        assert len(tables) > 20
        readable = "SELECT has_table_privilege(%s, 'SELECT')"
        assert [one for one in tables if not connection.execute(readable, [one]).fetchone()[0]] == []


def test_the_trail_is_verified_with_the_application_s_role(installation):
    done = installation.aboveline(APPLICATION, "audit", "verify", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "yes" in done.stdout


class TestGrantCommand:
    def test_it_prints_what_it_would_do_and_does_nothing(self, installation):
        done = installation.aboveline(OWNER, "database", "grant", APPLICATION, "--print")
        assert done.returncode == 0, done.stderr
        assert f'GRANT SELECT, INSERT ON "records_auditevent" TO "{APPLICATION}";' in done.stdout

    def test_it_takes_away_what_somebody_gave_by_hand(self, installation):
        with installation.connect(OWNER) as connection:
            connection.execute(f"GRANT UPDATE, TRIGGER ON records_auditevent TO {APPLICATION}")
            connection.execute("GRANT DELETE ON records_auditevent TO PUBLIC")
        assert installation.aboveline(OWNER, "database", "grant", APPLICATION).returncode == 0
        with installation.connect(APPLICATION) as connection:
            assert refused(connection, "UPDATE records_auditevent SET verb = 'x'", InsufficientPrivilege)
            assert refused(connection, "DELETE FROM records_auditevent", InsufficientPrivilege)

    @pytest.mark.parametrize(
        ("by", "to", "why"),
        [(OWNER, OWNER, "owns the tables"), (OWNER, "aboveline", "superuser"), (OWNER, "nobody'; --", "no role")],
    )
    def test_a_role_that_could_undo_it_is_refused(self, installation, by, to, why):
        done = installation.aboveline(by, "database", "grant", to, "--format", "json")
        assert done.returncode == 1
        assert "database.unfit-role" in done.stdout
        assert why in done.stdout

    def test_only_the_owner_can_give_rights(self, installation):
        done = installation.aboveline(APPLICATION, "database", "grant", OWNER, "--format", "json")
        assert done.returncode == 1
        assert "database.unfit-role" in done.stdout


class TestCheckCommand:
    def test_serving_as_the_owner_is_told(self, installation):
        assert "database.owner-serves" in installation.aboveline(OWNER, "database", "check", "--format", "json").stdout
        assert "database.owner-serves" not in self.as_application(installation).stdout

    def test_a_server_that_a_power_cut_destroys_is_named(self, installation):
        """The cluster of the tests runs without fsync, which nobody else may."""
        done = self.as_application(installation)
        assert done.returncode == 1
        assert "database.not-synced" in done.stdout
        assert "database.answers-early" not in done.stdout, "the server's own setting is off; ours is not"

    def test_nobody_is_served_by_such_a_server(self, installation, tmp_path):
        done = installation.manage(APPLICATION, "start_here", ABOVELINE_HOME=str(tmp_path))
        assert done.returncode == 1
        assert "fsync is off" in done.stderr
        serve = "import aboveline.config.wsgi"
        done = installation.run(APPLICATION, "-c", serve, ABOVELINE_HOME=str(tmp_path))
        assert done.returncode != 0
        assert "fsync is off" in done.stderr

    def test_a_database_without_tables_is_told(self, new_installation):
        found = new_installation("without_tables").aboveline(OWNER, "database", "check", "--format", "json").stdout
        assert "database.not-migrated" in found
        assert "database.not-migrated" not in self.as_application(Installation("test_two_roles")).stdout

    def test_a_server_that_is_not_there_is_named_without_the_password(self, installation):
        address = "postgresql://u:s3cret@127.0.0.1:1/n"
        done = installation.aboveline(APPLICATION, "database", "check", "--format", "json", DATABASE_URL=address)
        assert done.returncode == 1
        assert "database.unreachable" in done.stdout
        assert "s3cret" not in done.stdout + done.stderr

    def as_application(self, installation):
        return installation.aboveline(APPLICATION, "database", "check", "--format", "json")
