using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.CodeFixes;

/// <summary>
/// A file before and after a fix, alone and in all places at once. The generator does not run: that members which it would write are absent says nothing here.
/// </summary>
/// <typeparam name="TFix">The fix.</typeparam>
internal sealed class FixTest<TFix> : CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    private FixTest()
    {
        ReferenceAssemblies = new ReferenceAssemblies("net10.0"); // Nothing is downloaded.
        CompilerDiagnostics = CompilerDiagnostics.None;
        foreach (SolutionState state in (SolutionState[])[TestState, FixedState, BatchFixedState])
            state.AdditionalReferences.AddRange(GeneratorSetup.References);
    }

    /// <summary>Asserts what the fix makes of a file.</summary>
    /// <param name="before">The file; diagnostics are <c>{|RNN001:Net|}</c>.</param>
    /// <param name="after">What becomes of it; the same where there is no fix.</param>
    /// <param name="files">Additional files of the project.</param>
    public static async Task Check(string before, string after, params (string Path, string Text)[] files)
    {
        var test = new FixTest<TFix> { TestCode = "using RnnGen;\n\n" + before, FixedCode = "using RnnGen;\n\n" + after };
        test.TestState.AdditionalFiles.AddRange(files.Select(file => (file.Path, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text))));
        await test.RunAsync();
    }

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Latest);
}
