using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace RnnGen.Mutations;

/// <summary>The project that is mutated, as the build compiles it.</summary>
internal sealed class MutatedProject
{
    private readonly CSharpCompilation _compilation;
    private readonly IReadOnlyList<ResourceDescription> _resources;
    private readonly string _root;

    private MutatedProject(CSharpCompilation compilation, IReadOnlyList<ResourceDescription> resources, string root) =>
        (_compilation, _resources, _root) = (compilation, resources, root);

    /// <summary>The assembly's file name.</summary>
    public string AssemblyFile => _compilation.AssemblyName + ".dll";

    /// <summary>Asks the build for the compiler's arguments and reads all sources.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="project">The project's file.</param>
    public static MutatedProject Read(string root, string project)
    {
        string[] arguments = CompilerArguments(project);
        string folder = Path.GetDirectoryName(project)!;
        var parsed = CSharpCommandLineParser.Default.Parse(arguments, folder, sdkDirectory: null);
        var trees = parsed.SourceFiles.Select(file =>
            CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path), System.Text.Encoding.UTF8), parsed.ParseOptions, file.Path));
        var references = parsed.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties));
        var options = parsed.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress);
        string name = Path.GetFileNameWithoutExtension(parsed.OutputFileName!);
        var compilation = CSharpCompilation.Create(name, trees, references, options);
        var generators = parsed.AnalyzerReferences
            .SelectMany(reference => new AnalyzerFileReference(Path.GetFullPath(reference.FilePath, folder), new Loader()).GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: parsed.ParseOptions).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return new MutatedProject((CSharpCompilation)generated, parsed.ManifestResources, root);
    }

    /// <summary>The mutants of all files in some folders of the project.</summary>
    public IEnumerable<Mutant> Mutants(string projectFolder, IEnumerable<string> folders)
    {
        string[] prefixes = [.. folders.Select(folder => Path.Combine(projectFolder, folder) + Path.DirectorySeparatorChar)];
        return _compilation.SyntaxTrees
            .Where(tree => prefixes.Any(prefix => tree.FilePath.StartsWith(prefix, StringComparison.Ordinal)))
            .OrderBy(tree => tree.FilePath, StringComparer.Ordinal)
            .SelectMany(tree => MutantFinder.Find(tree, Path.GetRelativePath(_root, tree.FilePath)));
    }

    /// <summary>Compiles a mutant.</summary>
    /// <param name="mutant">The mutant; null for the project as it is.</param>
    /// <param name="path">The assembly to write.</param>
    /// <returns>The compiler's first error; null if the assembly is written.</returns>
    public string? Compile(Mutant? mutant, string path)
    {
        var compilation = _compilation;
        if (mutant is not null)
        {
            var tree = compilation.SyntaxTrees.Single(tree => Path.GetRelativePath(_root, tree.FilePath) == mutant.File);
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(tree.GetText().Replace(mutant.Span, mutant.Text)));
        }

        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, manifestResources: _resources);
        if (!result.Success)
            return result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString();
        File.WriteAllBytes(path, assembly.ToArray());
        return null;
    }

    /// <summary>Loads the generators of the project, for the sources that they add.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    private static string[] CompilerArguments(string project)
    {
        // The target is up to date after a build, and would not give the arguments, unless one of its outputs does not exist.
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "msbuild", project, "-t:PrepareResources;Compile", "-p:Configuration=Release", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
                "-p:NonExistentFile=none", "-getItem:CscCommandLineArgs",
            },
        };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{project}: expected the compiler's arguments, got exit code {process.ExitCode}: {output}");
        using var json = JsonDocument.Parse(output);
        string[] arguments = [.. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
        return arguments.Length > 0 ? arguments : throw new InvalidOperationException($"{project}: the build gave no arguments for the compiler");
    }
}
