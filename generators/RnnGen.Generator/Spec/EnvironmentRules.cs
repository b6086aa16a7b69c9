using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Spec;

/// <summary>What the project must allow, so that generated code compiles in it.</summary>
internal static class EnvironmentRules
{
    /// <summary>The oldest C# that generated code is tested with.</summary>
    public const LanguageVersion MinimumLanguage = LanguageVersion.CSharp12;

    public static void Check(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        if (compilation.Options is CSharpCompilationOptions { AllowUnsafe: false })
            problems.Add(DiagnosticDescriptors.UnsafeNotAllowed, declaration.NetworkLocation);
        if (declaration.Parts.FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var language } && language < MinimumLanguage)
            problems.Add(DiagnosticDescriptors.LanguageTooOld, declaration.NetworkLocation, language.ToDisplayString(), MinimumLanguage.ToDisplayString());
    }
}
