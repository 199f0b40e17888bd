// Commands in source code: which calls run them, and how lists come about.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using Strings = std::vector<std::string>;

class CodeTest : public ::testing::Test {
 protected:
  const model::Document& Read(const Reader& reader, const std::string& text) {
    const base::FileSystem files = files_.System();
    const base::Source& source = sources_.Add("dir/program", text);
    document_ = reader.read(source, {sources_, files, options_});
    return document_;
  }
  // The images of the containers, `?` for one that is not known; `!` follows where one is
  // privileged, `*` where that cannot be known.
  Strings Images(const Reader& reader, const std::string& text) {
    Strings images;
    for (const model::Container& container : Read(reader, text).containers)
      images.push_back((container.image.IsDynamic() ? "?" : container.image.value) +
                       (container.privileged.IsDynamic() ? "*" : "") +
                       (container.privileged.Is(true) ? "!" : ""));
    return images;
  }
  Strings Python(const std::string& text) { return Images(kPythonReader, text); }
  Strings Go(const std::string& text) {
    return Images(kGoReader, "package x\nfunc f() {\n" + text + "\n}\n");
  }
  Strings Typescript(const std::string& text) { return Images(kTypescriptReader, text); }

  test::MemoryFiles files_;
  base::SourceSet sources_;
  Options options_;
  model::Document document_;
};

TEST_F(CodeTest, OnlyFilesThatRunAnEngineAreTaken) {
  const auto python = [](std::string_view bytes) { return kPythonReader.accepts("a.py", bytes); };
  EXPECT_EQ(python("run(['docker', 'run', 'i'])\n"),
            "its name ends in `.py`, and it runs a container engine");
  EXPECT_EQ(python("x = 'docker'\n"), "");
  EXPECT_EQ(python("print('docker run i')\n"), "");
  EXPECT_EQ(python("# run(['docker', 'run', 'i'])\n"), "");
  EXPECT_EQ(python("import docker\ndocker.from_env().containers.run('i')\n"), "");
  EXPECT_NE(python("def f(*a): subprocess.run(['docker', 'run', *a])\n"), "");
  EXPECT_EQ(kPythonReader.accepts("a.txt", "run(['docker', 'run', 'i'])\n"), "");
  EXPECT_NE(kGoReader.accepts("a.go", "func f() { exec.Command(\"docker\", \"run\", \"i\") }"), "");
  for (const char* path : {"a.ts", "a.tsx", "a.mts", "a.cts", "a.js", "a.jsx", "a.mjs", "a.cjs"})
    EXPECT_NE(kTypescriptReader.accepts(path, "spawn('docker', ['run', 'i'])"), "") << path;
  EXPECT_FALSE(kPythonReader.named("py"));
  EXPECT_FALSE(kPythonReader.named(".py"));
  EXPECT_NE(kTypescriptReader.accepts_fence("js", "spawn('docker', ['run', 'i'])"), "");
  EXPECT_EQ(kTypescriptReader.accepts_fence("", "spawn('docker', ['run', 'i'])"), "");
}

TEST_F(CodeTest, WhatNobodyRunsIsNoCommand) {
  EXPECT_EQ(Python("print(['docker', 'run', 'i'])\n"), Strings{});
  EXPECT_EQ(Python("logger.info('x', ['docker', 'run', 'i'])\n"), Strings{});
  EXPECT_EQ(Python("assert x == ['docker', 'run', 'i']\n"), Strings{});
  EXPECT_EQ(Python("x = ['docker', 'run', 'i']\n"), Strings{});
  EXPECT_EQ(Python("x = ['docker', 'run', 'i']\nprint(x)\nassertEqual(x, y)\n"), Strings{});
  EXPECT_EQ(Python("'''run(['docker', 'run', 'i'])'''\n"), Strings{});
  EXPECT_EQ(Typescript("expect(f).toHaveBeenCalledWith('docker', ['run', 'i'])"), Strings{});
  EXPECT_EQ(Typescript("/docker/.exec('docker run i')"), Strings{});
  EXPECT_EQ(Typescript("get('docker', 'run')"), Strings{});
  EXPECT_EQ(Go("require.Equal(t, []string{\"docker\", \"run\", \"i\"}, got)"), Strings{});
  EXPECT_EQ(Go("x := test{want: []string{\"docker\", \"run\", \"i\"}}"), Strings{});
}

TEST_F(CodeTest, FunctionsThatNobodyKnowsMayBeGivenACommand) {
  EXPECT_EQ(Python("self.execute(['docker', 'run', 'i'])\n"), Strings{"i"});
  EXPECT_EQ(Python("x = ['docker', 'run', 'i']\nself.execute(x)\n"), Strings{"i"});
  EXPECT_EQ(Python("self.command = ['docker', 'run', 'i']\n"), Strings{"i"});
  EXPECT_EQ(Python("def f():\n  return ['docker', 'run', '--privileged', 'i']\n"), Strings{"i!"});
  EXPECT_EQ(Typescript("start('docker', ['run', 'i'])"), Strings{"i"});
  EXPECT_EQ(Typescript("start({ command: 'docker', args: ['run', 'i'] })"), Strings{"i"});
  EXPECT_EQ(Go("start(ctx, \"docker\", \"run\", \"i\")"), Strings{"i"});
}

TEST_F(CodeTest, ListsArePutTogetherAsTheLanguageDoes) {
  EXPECT_EQ(Python("run(['docker', 'run'] + ['--privileged', 'i'])\n"), Strings{"i!"});
  EXPECT_EQ(Python("a = ['--privileged']\nrun(['docker', 'run', *a, 'i'])\n"), Strings{"i!"});
  EXPECT_EQ(Python("a = ['run']\na += ['--privileged']\na.append('i')\nrun(['docker'] + a)\n"),
            Strings{"i!"});
  EXPECT_EQ(Python("a = ['run', 'i']\na.insert(0, 'docker')\nrun(a)\n"), Strings{"i"});
  EXPECT_EQ(Python("a = ['docker', 'run', 'i']\nb = a.copy()\nrun(list(b))\n"), Strings{"i"});
  EXPECT_EQ(Python("run('docker run --privileged i'.split())\n"), Strings{"i!"});
  EXPECT_EQ(Python("run(' '.join(['docker', 'run', 'i']), shell=True)\n"), Strings{"i"});
  EXPECT_EQ(Python("run(shlex.join(['docker', 'run', 'i']), shell=True)\n"), Strings{"i"});
  EXPECT_EQ(Go("a := []string{\"run\"}\na = append(a, \"--privileged\", \"i\")\n"
               "exec.Command(\"docker\", a...)"),
            Strings{"i!"});
  EXPECT_EQ(Go("var a []string\na = append([]string{\"run\"}, append(a, \"i\")...)\n"
               "exec.Command(\"docker\", a...)"),
            Strings{"i"});
  EXPECT_EQ(Typescript("let a = ['run']; a = a.concat(['--privileged'], 'i'); spawn('docker', a)"),
            Strings{"i!"});
  EXPECT_EQ(Typescript("let a = ['i']; a.unshift('run'); spawn('docker', [...a])"), Strings{"i"});
}

TEST_F(CodeTest, WhatAConditionAddsIsOneOfTwoWays) {
  const Strings both{"i!", "i"};
  EXPECT_EQ(Python("a = ['docker', 'run']\nif x:\n  a += ['--privileged']\nrun(a + ['i'])\n"),
            both);
  EXPECT_EQ(Python("run(['docker', 'run', *(['--privileged'] if x else []), 'i'])\n"), both);
  EXPECT_EQ(Typescript("spawn('docker', ['run', ...(x ? ['--privileged'] : []), 'i'])"), both);
  EXPECT_EQ(Typescript("spawn('docker', ['run', ...(x && ['--privileged']), 'i'])"), both);
  EXPECT_EQ(
      Typescript("let a = ['run']\nif (x) a.push('--privileged')\nspawn('docker', [...a, 'i'])"),
      both);
  EXPECT_EQ(Go("a := []string{\"run\"}\nif x {\na = append(a, \"--privileged\")\n}\n"
               "exec.Command(\"docker\", append(a, \"i\")...)"),
            both);
  EXPECT_EQ(Python("for x in y:\n  a += ['--privileged']\nrun(['docker', 'run', *a, 'i'])\n"),
            Strings{"i!"});
}

TEST_F(CodeTest, FunctionsOfTheFileAreEntered) {
  EXPECT_EQ(Python("def base(x):\n  return ['docker', 'run', x]\n"
                   "def go():\n  run(base('--privileged') + ['i'])\n"),
            Strings{"i!"});
  EXPECT_EQ(Python("def sh(c):\n  subprocess.run(c)\ndef go():\n  sh(['docker', 'run', 'i'])\n"),
            Strings{"i"});
  EXPECT_EQ(Python("def f(x):\n  return f(x)\nrun(['docker', 'run', *f(1), 'i'])\n"),
            Strings{"i*"});
  EXPECT_EQ(
      Typescript("function d(...a) { return spawn('docker', a) }\nd('run', '--privileged', 'i')"),
      Strings{"i!"});
}

TEST_F(CodeTest, AnEngineThatIsChosenElsewhereIsTakenByItsWords) {
  EXPECT_EQ(Python("x = 'podman'\ndef f(c):\n  run([c.bin, 'run', '--rm', 'i'])\n"), Strings{"i"});
  EXPECT_EQ(document_.containers.at(0).engine, model::Engine::kPodman);
  EXPECT_EQ(Python("x = 'podman'\ndef f(c):\n  run([c.bin, 'run', 'i'])\n"), Strings{});
  EXPECT_EQ(Python("def f(c):\n  run([shutil.which('docker'), 'run', 'i'])\n"), Strings{"i"});
}

TEST_F(CodeTest, EscapesAreThoseOfTheLanguage) {
  EXPECT_EQ(Python("run(['docker', 'run', '\\x69\\u006d\\N{BULLET}'])\n"), Strings{"?"});
  EXPECT_EQ(Python("run(['docker', 'run', r'i\\x', 'y'])\n"), Strings{"i\\x"});
  EXPECT_EQ(Python("run([b'docker', rb'run', \"\"\"i\"\"\" 'm'])\n"), Strings{"im"});
  EXPECT_EQ(Go("exec.Command(`docker`, \"run\", \"\\u0069\\x6d\")"), Strings{"im"});
  EXPECT_EQ(Typescript("spawn('docker', ['run', '\\u{69}\\m'])"), Strings{"im"});
  EXPECT_EQ(Python("run(['docker', 'run', f'{{i}}'])\n"), Strings{"{i}"});
}

TEST_F(CodeTest, BracketsThatNothingClosesEndWithTheirFunction) {
  EXPECT_EQ(
      Python("def f():\n  run(['docker', 'run', 'i'\ndef g():\n  run(['docker', 'run', 'j'])\n"),
      (Strings{"i", "j"}));
  EXPECT_FALSE(document_.gaps.empty());
  EXPECT_EQ(Python("run(['docker', 'run', 'i']))\nrun(['docker', 'run', 'j'])\n"),
            (Strings{"i", "j"}));
}

TEST_F(CodeTest, WhatIsNotKnownMayBeAnyNumberOfWords) {
  const auto gaps = [&] { return document_.gaps.size(); };
  const std::string f = "def f(args, more):\n  ";
  EXPECT_EQ(Python(f + "run(['docker', 'run'] + args + ['--privileged', 'i'])\n"), Strings{"i!"});
  EXPECT_EQ(gaps(), 1U);
  EXPECT_EQ(Python(f + "os.system('docker run ' + args + ' --privileged i')\n"), Strings{"i!"});
  EXPECT_EQ(gaps(), 1U);
  EXPECT_EQ(Python(f + "c = f'docker run {args} --privileged i'\n  os.system(c)\n"), Strings{"i!"});
  EXPECT_EQ(gaps(), 1U);
  EXPECT_EQ(Python(f + "os.system('docker run ' + ' '.join(more) + ' --privileged i')\n"),
            Strings{"i!"});
  EXPECT_EQ(Python(f + "os.system('docker run ' + ' '.join(['--privileged', 'i']))\n"),
            Strings{"i!"});
  EXPECT_EQ(Python(f + "run(['docker'] + args)\n"), Strings{});
  EXPECT_EQ(gaps(), 1U);
  // What stands alone is called an image, and is one.
  EXPECT_EQ(Python("def f(image):\n  os.system('docker run ' + image + ' ls')\n"), Strings{"?"});
  EXPECT_EQ(gaps(), 0U);
  EXPECT_EQ(Python("def f(a, b):\n  run(['docker', 'run', '-e', f'{a} {b}', 'i'])\n"),
            Strings{"i"});
  EXPECT_EQ(Typescript("function f(args) { exec('docker run ' + args + ' --privileged i') }"),
            Strings{"i!"});
  EXPECT_EQ(
      Typescript("function f(args) { const c = `docker run ${args} --privileged i`; exec(c) }"),
      Strings{"i!"});
  EXPECT_EQ(
      Typescript("function f(m) { spawn('docker', ['run'].concat(m, ['--privileged', 'i'])) }"),
      Strings{"i!"});
  EXPECT_EQ(Go("exec.Command(\"sh\", \"-c\", \"docker run \"+strings.Join(a, \" \")+\" "
               "--privileged i\")"),
            Strings{"i!"});
  EXPECT_EQ(Go("c := fmt.Sprintf(\"docker run %s --privileged i\", a)\n"
               "exec.Command(\"sh\", \"-c\", c)"),
            Strings{"i!"});
}

TEST_F(CodeTest, ListsOfJavaScriptThatAreTouchedStayKnown) {
  EXPECT_EQ(
      Typescript("spawn('docker', ['', 'run', x ? '--privileged' : '', 'i'].filter(Boolean))"),
      (Strings{"i!", "i"}));
  EXPECT_EQ(Typescript("spawn('docker', ['run', '--privileged', 'i'].map(String))"), Strings{"i!"});
  EXPECT_EQ(Typescript("spawn('docker', ['run', ['--privileged'], 'i'].flat())"), Strings{"i!"});
  EXPECT_EQ(Typescript("spawn('docker', 'run --privileged i'.split(/\\s+/))"), Strings{"i!"});
  EXPECT_EQ(Typescript("spawn('docker', <string[]>['run', '--privileged', 'i'])"), Strings{"i!"});
  EXPECT_EQ(Typescript("class A { private args = ['run', '--privileged', 'i']\n"
                       "go() { spawn('docker', this.args) } }"),
            Strings{"i!"});
  EXPECT_EQ(Typescript("class A { args = ['run', '--privileged', 'i']\n"
                       "go() { this.args = x; spawn('docker', this.args) } }"),
            Strings{});
  for (const char* list : {"args", "buildArgs()", "['run', 'i'].filter(x => x)"}) {
    EXPECT_EQ(Typescript("function f(args) { spawn('docker', " + std::string(list) + ") }"),
              Strings{});
    ASSERT_EQ(document_.gaps.size(), 1U) << list;
    EXPECT_EQ(document_.gaps[0].kind, "unresolved-arguments");
    EXPECT_FALSE(document_.gaps[0].refused);
  }
}

TEST_F(CodeTest, WordsOfGoThatAreSetLaterAreNotKnown) {
  const auto kinds = [&](const std::string& text) {
    Go(text);
    Strings out;
    for (const diagnostic::Gap& gap : document_.gaps)
      out.push_back(gap.kind + (gap.refused ? "!" : ""));
    return out;
  };
  const Strings unresolved{"unresolved-arguments"};
  EXPECT_EQ(kinds("c := exec.Command(\"docker\", \"run\")\nc.Args = append(c.Args, \"i\")"),
            unresolved);
  EXPECT_EQ(kinds("exec.Command(\"docker\", append(s.base(), \"--privileged\", \"i\")...)"),
            unresolved);
  EXPECT_EQ(Go("exec.Command(\"docker\", append(s.base(), \"run\", \"--privileged\", \"i\")...)"),
            Strings{"i!"});
}

TEST_F(CodeTest, OnlyWhatSpeaksOfRunningIsTakenToRun) {
  for (const char* call :
       {"m.On(\"Run\", \"docker\", \"run\", \"i\")", "m.EXPECT().Run(\"docker\", \"run\", \"i\")",
        "flag.String(\"docker\", \"run\", \"i\")", "parse(\"docker\", \"run\", \"i\")",
        "parseCommand(\"docker\", \"run\", \"i\")"})
    EXPECT_EQ(Go(call), Strings{}) << call;
  EXPECT_EQ(Python("parser.add_argument('docker', 'run', 'i')\n"), Strings{});
  EXPECT_EQ(Typescript("toast({command: 'docker', args: ['run', 'i']})"), Strings{});
  EXPECT_EQ(Typescript("t('docker', ['run', 'i'])"), Strings{});
  EXPECT_EQ(Typescript("runInDocker('docker', ['run', 'i'])"), Strings{"i"});
  EXPECT_EQ(Python("asyncio.to_thread(subprocess.run, ['docker', 'run', 'i'])\n"), Strings{"i"});
  EXPECT_EQ(Python("connect(StdioServerParameters(command='docker', args=['run', 'i']))\n"),
            Strings{"i"});
}

TEST_F(CodeTest, OneEngineOrAnotherIsTwoWays) {
  EXPECT_EQ(Python("def f():\n  e = shutil.which('docker') or shutil.which('podman')\n"
                   "  run([e, 'run', '--privileged', 'i'])\n"),
            (Strings{"i!", "i!"}));
  EXPECT_EQ(Typescript("function f() { const e = p ? 'podman' : 'docker'\n"
                       "execSync(e + ' run --privileged i') }"),
            (Strings{"i!", "i!"}));
  EXPECT_EQ(Typescript("execSync(`${p ? 'podman' : 'docker'} run --privileged i`)"),
            (Strings{"i!", "i!"}));
}

TEST_F(CodeTest, ATextIsSplitAsTheLanguageDoes) {
  EXPECT_EQ(Python("run('docker run  i'.split())\n"), Strings{"i"});
  EXPECT_EQ(Python("run('docker run  i'.split(' '))\n"), Strings{""});
  EXPECT_EQ(Go("exec.Command(\"docker\", strings.Split(\"run --privileged i\", \" \")...)"),
            Strings{"i!"});
  EXPECT_EQ(Go("exec.Command(\"docker\", strings.Split(\"run,--privileged,i\", \",\")...)"),
            Strings{});
}

TEST_F(CodeTest, NothingExpandsATildeInAList) {
  const auto base = [&](const std::string& text) {
    Python(text);
    return document_.containers.at(0).mounts.items.at(0).value.host.base;
  };
  EXPECT_EQ(base("run(['docker', 'run', '-v', '~/x:/x', 'i'])\n"), model::PathBase::kUnknown);
  EXPECT_EQ(base("os.system('docker run -v ~/x:/x i')\n"), model::PathBase::kHome);
}

TEST_F(CodeTest, ManyChangesOfAListTakeNoLongTime) {
  std::string text = "c = ['docker', 'run', '--privileged']\n";
  for (int i = 0; i < 10000; ++i) text += "c.append('-v'); c += ['/:/x']\n";
  Python(text + "run(c + ['i'])\n");
  ASSERT_EQ(document_.containers.size(), 1U);
  EXPECT_TRUE(document_.containers[0].privileged.Is(true));
  EXPECT_EQ(document_.gaps.size(), 1U);
}

}  // namespace
}  // namespace cagelint::input
