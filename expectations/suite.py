"""The one door to Great Expectations: the night's rules run as suites over the night's manifest.

The batch is the manifest, one row a table. Each rule is one `ExpectRuleToHold`, whose metric runs
that rule's single statement in DuckDB over every submission of the batch (`relations.evaluate`, the
function that `judge` calls too). Complete results stay in DuckDB; those of Great Expectations
keep counts and a sample. The checkpoint's action knows which rules are declared: a suite that
loads without one of them, or a metric that raises, makes that rule unknown, never satisfied.
"""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")

from great_expectations import Checkpoint, ExpectationSuite, ValidationDefinition, get_context
from great_expectations.checkpoint.actions import ActionContext, ValidationAction
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from expectations.relations import (
    RuleResult,
    added_up,
    batches,
    evaluate,
    failing,
    mark_unknown,
    prepare,
    write,
)
from expectations.rules.rule import load_rules, rule
from expectations.suite_files import stored_suites

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

METRIC = "baophu.rule"
# Failing relations that a validation result shows; all of them are in DuckDB.
SAMPLE = 20
MANIFEST = """
SELECT t.submission_id, t.table_id, s.file_name, t.sheet, t.kind, t.title,
    count(o.observation_id) AS observations
FROM source_table t
JOIN submission s USING (submission_id)
LEFT JOIN observation o ON o.submission_id = t.submission_id AND o.table_id = t.table_id
WHERE list_contains(?, t.submission_id)
GROUP BY ALL ORDER BY t.submission_id, t.table_id"""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What the suites found: one result for every declared rule, in their order.

    `validations` are Great Expectations' own results in their JSON form, one a suite and batch.
    """

    rules: list[RuleResult]
    validations: list[dict[str, Any]] = field(default_factory=list)

    def __iter__(self) -> Iterator[RuleResult]:
        return iter(self.rules)

    @property
    def faults(self) -> list[RuleResult]:
        """The rules that could not be evaluated."""
        return [result for result in self.rules if result.error]


@dataclass(slots=True)
class _Night:
    connection: "DuckDBPyConnection"
    results: dict[str, RuleResult] = field(default_factory=dict)


_NIGHT: ContextVar[_Night] = ContextVar("night")


class RuleMetric(TableMetricProvider):
    """How often one rule holds and fails over the submissions of the batch."""

    metric_name = METRIC
    value_keys = ("rule_id",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, metric_value_kwargs: dict[str, Any], **_: object) -> dict[str, Any]:  # noqa: N805
        night, rule_id = _NIGHT.get(), metric_value_kwargs["rule_id"]
        result = evaluate(night.connection, rule(rule_id))
        night.results[rule_id] = result
        sample = failing(night.connection, rule(rule_id), SAMPLE) if result.fails else []
        return {"result": result, "sample": sample}


class ExpectRuleToHold(BatchExpectation):
    """Expect no relation of a declared rule to fail in any table of the batch."""

    rule_id: str

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("rule_id",)
    args_keys: ClassVar[tuple[str, ...]] = ("rule_id",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: object = None,
    ) -> dict[str, Any]:
        result: RuleResult = metrics[METRIC]["result"]
        return {
            "success": result.fails == 0,
            "result": {
                "observed_value": f"{result.fails} of {result.evaluated} relations fail",
                "element_count": result.evaluated,
                "unexpected_count": result.fails,
                "missing_count": result.unknown,
                "partial_unexpected_list": metrics[METRIC]["sample"],
            },
        }


class VerifyCoverage(ValidationAction):
    """Make every declared rule that was not evaluated unknown, with the reason."""

    type: Literal["verify_coverage"] = "verify_coverage"
    name: str = "verify_coverage"

    def run(
        self,
        checkpoint_result: CheckpointResult,
        action_context: ActionContext | None = None,
    ) -> dict[str, Any]:
        """Compare the rules evaluated with those declared; gives those that are missing."""
        night, raised = _NIGHT.get(), _raised(checkpoint_result)
        missing = [one for one in load_rules() if one.rule_id not in night.results]
        for one in missing:
            error = raised.get(
                one.rule_id, "No suite holds this rule: rebuild expectations/suites."
            )
            night.results[one.rule_id] = mark_unknown(night.connection, one, error)
        return {"missing": [one.rule_id for one in missing]}


def run_suite(
    connection: "DuckDBPyConnection",
    submission_ids: Sequence[str],
    at: dt.datetime | None = None,
    suites: Sequence[dict[str, Any]] | None = None,
) -> SuiteResult:
    """Judge submissions through Great Expectations and store relations and findings.

    `suites` default to the committed ones; `at` (UTC) is when findings are first seen. Call it
    with no transaction open, as `relations.judge`.
    """
    results = []
    validations: list[dict[str, Any]] = []
    checkpoint = _checkpoint(stored_suites() if suites is None else suites)
    for batch in batches(connection, submission_ids):
        prepare(connection, batch)
        manifest = manifest_of(connection, batch)
        with _night(connection) as night:
            ran = checkpoint.run(batch_parameters={"dataframe": manifest})
        results_of_suites: list[Any] = list(ran.run_results.values())
        validations += [one.to_json_dict() for one in results_of_suites]
        write(connection, at)
        results.append([night.results[one.rule_id] for one in load_rules()])
    return SuiteResult(added_up(results), validations)


def manifest_of(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> "pd.DataFrame":
    """The batch of a night: one row for each table of the submissions."""
    return connection.execute(MANIFEST, [list(submission_ids)]).df()


@contextmanager
def _night(connection: "DuckDBPyConnection") -> Iterator[_Night]:
    night = _Night(connection)
    token = _NIGHT.set(night)
    try:
        yield night
    finally:
        _NIGHT.reset(token)


def _checkpoint(suites: Sequence[dict[str, Any]]) -> Checkpoint:
    """A checkpoint over all suites, in a context that lives and leaves nothing on disk."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("night").add_dataframe_asset("manifest")
    batch = asset.add_batch_definition_whole_dataframe("tables")
    definitions = []
    for stored in suites:
        suite = context.suites.add(ExpectationSuite(**stored))
        definition = ValidationDefinition(name=suite.name, data=batch, suite=suite)
        definitions.append(context.validation_definitions.add(definition))
    checkpoint = Checkpoint(
        name="night",
        validation_definitions=definitions,
        actions=[VerifyCoverage()],
        result_format="SUMMARY",
    )
    return context.checkpoints.add(checkpoint)


def _raised(checkpoint_result: CheckpointResult) -> dict[str, str]:
    """What the metrics of rules raised, in the words of the exception."""
    raised = {}
    for suite_result in checkpoint_result.run_results.values():
        for result in suite_result.results:
            config = result.expectation_config
            for fault in _faults(result.exception_info or {}):
                raised[config.kwargs["rule_id"] if config else ""] = fault
    return raised


def _faults(info: dict[str, Any]) -> Iterator[str]:
    """Great Expectations gives one fault, or one for each metric that raised."""
    if "raised_exception" in info:
        info = {"": info}
    for fault in info.values():
        if fault.get("raised_exception"):
            yield str(fault.get("exception_message"))
