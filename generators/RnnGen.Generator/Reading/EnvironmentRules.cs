using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>What the project must be, so that generated code compiles in it.</summary>
internal static class EnvironmentRules
{
    /// <summary>The oldest C# that generated code is tested with: collection expressions, and inline arrays as spans.</summary>
    public const LanguageVersion MinimumLanguage = LanguageVersion.CSharp12;

    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        if (declaration.Parts.FirstOrDefault()?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var language } && language < MinimumLanguage)
            problems.Add(DiagnosticDescriptors.LanguageTooOld, declaration.NetworkLocation, language.ToDisplayString(), MinimumLanguage.ToDisplayString());
    }
}
