"""Holds PDFs to the checkers of PyPI: `page-validation` for PDF/UA-1, `outloud` for what a validator cannot see.

Prints one line of JSON per file and checker: the rules that failed.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import page

for file in sys.argv[1:]:
    # the default limits are for uploads by strangers; a long book exceeds them
    limits = page.SafetyLimits.unlimited()
    report = page.validate_pdf(file, profile=page.ValidationProfile.PDF_UA_1, limits=limits)
    failed = sorted({failure.rule_id for failure in report.failures})
    line = {"file": file, "checker": "page-validation", "checks": report.rules.total, "failed": failed}
    print(json.dumps(line), flush=True)

    with tempfile.NamedTemporaryFile(suffix=".json") as found:
        outloud = [str(pathlib.Path(sys.executable).with_name("outloud"))]
        subprocess.run([*outloud, "--fail-on", "never", "-q", "--json", found.name, file], check=True, stdout=subprocess.DEVNULL)
        result = json.load(found)["results"][0]
    failed = sorted({finding["rule"] for finding in result["findings"] if finding["severity"] != "info"})
    line = {"file": file, "checker": "outloud", "checks": result["stats"]["elements"], "failed": failed}
    if result["error"]:
        line["failed"].append(result["error"])
    print(json.dumps(line), flush=True)
