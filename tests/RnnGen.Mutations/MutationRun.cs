namespace RnnGen.Mutations;

/// <summary>What is mutated, and which tests are to notice.</summary>
/// <param name="Project">The folder of the mutated project, relative to the repository.</param>
/// <param name="Tests">The folder of the test project, relative to the repository.</param>
/// <param name="Folders">The folders of the project in which mutants are made.</param>
/// <param name="Only">Lines, as <c>FILE:LINE</c>, to which mutants are limited; empty for no limit.</param>
/// <param name="Count">How many mutants are run.</param>
/// <param name="Skip">How many that are drawn before them are not run.</param>
/// <param name="Seed">The seed of the draw.</param>
/// <param name="Filters">Filters of tests, the quickest to fail first; a mutant survives if all pass.</param>
/// <param name="Limit">The longest time that one run of the tests may take.</param>
internal sealed record MutationOptions(
    string Project, string Tests, string[] Folders, string[] Only, int Count, int Skip, int Seed, string[] Filters, TimeSpan Limit);

/// <summary>Draws mutants, runs the tests on each and lists the survivors.</summary>
internal static class MutationRun
{
    /// <summary>Runs everything.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="options">What to do.</param>
    /// <param name="output">Receives a line for each mutant, then the summary as Markdown.</param>
    /// <returns>How many mutants were killed.</returns>
    public static int Run(string root, MutationOptions options, TextWriter output)
    {
        string folder = Path.Combine(root, options.Project);
        var project = MutatedProject.Read(root, Directory.GetFiles(folder, "*.csproj").Single());
        var all = Chosen([.. project.Mutants(folder, options.Folders)], options.Only);
        using var tests = new TestCopy(Path.Combine(root, options.Tests), options.Limit);
        string assembly = tests.PathOf(project.AssemblyFile);
        if (project.Compile(null, assembly) is { } error)
            throw new InvalidOperationException($"{options.Project} does not compile: {error}");
        if (options.Filters.Select(tests.Run).FirstOrDefault(failure => failure is not null) is { } failed)
            throw new InvalidOperationException($"a test fails without any mutant: {failed}");

        var random = new Random(options.Seed);
        random.Shuffle(all);
        var survivors = new List<Mutant>();
        int drawn = 0;
        foreach (var mutant in all)
        {
            if (drawn == options.Skip + options.Count)
                break;
            if (project.Compile(mutant, assembly) is not null)
                continue;
            drawn++;
            if (drawn <= options.Skip)
            {
                output.WriteLine($"{drawn}. {mutant}: not run");
                continue;
            }

            string? killer = options.Filters.Select(tests.Run).FirstOrDefault(failure => failure is not null);
            if (killer is null)
                survivors.Add(mutant);
            output.WriteLine($"{drawn}. {mutant}: {(killer is null ? "SURVIVED" : "killed by " + killer)}");
            output.Flush();
        }

        output.WriteLine();
        string places = string.Join(", ", options.Only.Length > 0 ? options.Only : options.Folders);
        int run = Math.Max(drawn - options.Skip, 0);
        output.WriteLine($"{run} of {all.Length} mutants of {places} in {options.Project} (seed {options.Seed}): "
            + $"{run - survivors.Count} killed, {survivors.Count} survived.");
        foreach (var survivor in survivors)
            output.WriteLine($"- {survivor}");
        return run - survivors.Count;
    }

    /// <summary>The mutants of some lines.</summary>
    private static Mutant[] Chosen(Mutant[] all, string[] lines)
    {
        if (lines.FirstOrDefault(line => !all.Any(mutant => IsAt(mutant, line))) is { } without)
            throw new ArgumentException($"--only {without}: expected FILE:LINE of a place in the folders where a mutant can be made");
        return lines.Length == 0 ? all : [.. all.Where(mutant => lines.Any(line => IsAt(mutant, line)))];

        static bool IsAt(Mutant mutant, string line) => $"{mutant.File}:{mutant.Line}" == line;
    }
}
