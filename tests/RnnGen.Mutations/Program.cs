using System.CommandLine;
using RnnGen.Mutations;

var project = new Option<string>("--project") { Description = "the folder of the project to mutate", DefaultValueFactory = _ => "src/RnnGen" };
var tests = new Option<string>("--tests") { Description = "the folder of the test project, built in Release", DefaultValueFactory = _ => "tests/RnnGen.Tests" };
var folders = new Option<string[]>("--folders")
{
    Description = "the folders of the project in which mutants are made",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["Training", "Parameters", "Runtime"],
};
var only = new Option<string[]>("--only")
{
    Description = "FILE:LINE of the lines in those folders to which mutants are limited, the file relative to the repository; survivors, to run them again",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [],
};
var count = new Option<int>("--count") { Description = "how many mutants to draw", DefaultValueFactory = _ => 100 };
var skip = new Option<int>("--skip") { Description = "how many mutants of the draw not to run: those that were run before", DefaultValueFactory = _ => 0 };
var seed = new Option<int>("--seed") { Description = "the seed of the draw", DefaultValueFactory = _ => 1 };
var filters = new Option<string[]>("--filter")
{
    Description = "filters of the tests to run, in order; a mutant survives if all pass",
    DefaultValueFactory = _ =>
    [
        "FullyQualifiedName~Tests.Training|FullyQualifiedName~Tests.Memory|FullyQualifiedName~Tests.Weights",
        "FullyQualifiedName!~InstructionSetTests&FullyQualifiedName!~Tests.Training&FullyQualifiedName!~Tests.Memory&FullyQualifiedName!~Tests.Weights",
    ],
};
var limit = new Option<int>("--limit") { Description = "seconds that one run of the tests may take", DefaultValueFactory = _ => 300 };

var command = new RootCommand("Makes small faults in the source, one at a time, and counts how many the tests notice.")
{
    project, tests, folders, only, count, skip, seed, filters, limit,
};
command.SetAction(result =>
{
    var options = new MutationOptions(
        result.GetValue(project)!, result.GetValue(tests)!, result.GetValue(folders)!, result.GetValue(only)!, result.GetValue(count), result.GetValue(skip), result.GetValue(seed),
        result.GetValue(filters)!, TimeSpan.FromSeconds(result.GetValue(limit)));
    MutationRun.Run(Repository(), options, Console.Out);
    return 0;
});
return command.Parse(args).Invoke();

static string Repository()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "RnnGen.sln")))
            return folder.FullName;
    }

    throw new DirectoryNotFoundException("RnnGen.sln is in no folder above the program");
}
