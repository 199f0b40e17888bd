# needs: python3
# prints: installed 1.0
# An environment of its own with pip, which installs a wheel.
python3 -m venv here >/dev/null
cat >wheel.py <<'END'
import zipfile
info = "sample_package-1.0.dist-info/"
with zipfile.ZipFile("sample_package-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("sample_package.py", "version = '1.0'\n")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: sample-package\nVersion: 1.0\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: sample\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(info + "RECORD", "")
END
python3 wheel.py
here/bin/pip --disable-pip-version-check install -q --no-index ./*.whl
here/bin/python -c 'import sample_package; print("installed", sample_package.version)'
