"""The action plan of the UN80 Initiative, as its public dashboard gives it: a road map that others
wrote.

[`read`][wsis_model.interop.un80.read] makes a road map of the dashboard's `actions.json`, with the
actors that are new in it.

| in the file | in the road map |
|---|---|
| a work package of a report | an objective, named as the package is |
| an action or sub-action | an activity; its paragraph of the report is the description |
| its leads, or else those of the package | `lead` and `co_leads` |
| its entities | `partners` |
| first and final milestone, each with its deadline | two milestones |
| the milestone to come, with its date of delivery | a third, if it has a day of its own |
| public status | `status`: "Decision taken" is `done`, "Further work ongoing" `under-way` |
| updates | `updates`, where *published* gives a day: the file has none |
| all else, and what is written otherwise there | `extensions`, each under `un80:` and its name |

**Kept**: every value of the file. What is not carried as it is written stands in the extensions:
the leads with their offices ("USG DPPA"), the list of entities, the status, numbers and flags.

**Lost**: what is null or blank; the order of rows, which means nothing; a row that stands in the
file twice.

**Not claimed**: the file does not say how far each milestone has come. Those of an action on which
the decision is taken are `done`, as the dashboard counts it complete; all others are `planned`,
also where their day has passed.
"""

from __future__ import annotations

from .reader import ActionPlan, read

__all__ = ["ActionPlan", "read"]
