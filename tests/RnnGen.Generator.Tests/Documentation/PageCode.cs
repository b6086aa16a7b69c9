using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>
/// The C# of a Markdown page as one source file. Types are declared once for the page; statements are one method, in the order of the page. A comment
/// <c>&lt;!-- csharp … --&gt;</c> holds code that the page does not show. A block after <c>&lt;!-- alone … --&gt;</c> has types and variables of its own, beginning
/// with the code in the comment, and sees the types of the page. A block after <c>&lt;!-- generated --&gt;</c> is an excerpt of generated code.
/// </summary>
internal sealed partial class PageCode
{
    private readonly SortedSet<string> _usings = new(StringComparer.Ordinal);
    private readonly StringBuilder _types = new(), _statements = new(), _alone = new();

    private PageCode(string name, string markdown)
    {
        Name = name;
        int alone = 0;
        foreach (Match block in Blocks().Matches(markdown.ReplaceLineEndings("\n")))
        {
            string code = block.Groups["hidden"].Success ? block.Groups["hidden"].Value : block.Groups["shown"].Value;
            if (block.Groups["mark"].Value == "generated")
                Generated.Add(code);
            else if (block.Groups["mark"].Value == "alone")
                AddAlone(block.Groups["before"].Value + code, ++alone);
            else
                Add(code, _types, _statements);
        }
    }

    /// <summary>The page's path from the root of the repository.</summary>
    public string Name { get; }

    /// <summary>What the page shows of generated code.</summary>
    public List<string> Generated { get; } = [];

    /// <summary>The source file.</summary>
    public string Source => $$"""
        {{string.Join('\n', _usings)}}

        namespace {{Namespace}}
        {
            using RnnGen;
            using RnnGen.Training;
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

        {{_types}}
        {{Method(_statements.ToString())}}
        {{_alone}}
        }
        """;

    private string Namespace => "Page_" + Unfit().Replace(Name, "_");

    /// <summary>Reads a page.</summary>
    public static PageCode Of(string name, string markdown) => new(name, markdown);

    private void AddAlone(string code, int number)
    {
        StringBuilder types = new(), statements = new();
        Add(code, types, statements);
        _alone.Append(System.Globalization.CultureInfo.InvariantCulture, $"namespace Alone{number}\n{{\n{types}\n{Method(statements.ToString())}\n}}\n");
    }

    private void Add(string code, StringBuilder types, StringBuilder statements)
    {
        var unit = SyntaxFactory.ParseCompilationUnit(code, options: new CSharpParseOptions(LanguageVersion.Latest));
        foreach (UsingDirectiveSyntax directive in unit.Usings)
            _usings.Add(directive.ToString());
        foreach (MemberDeclarationSyntax member in unit.Members.SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? [.. space.Members] : new[] { member }))
            (member is GlobalStatementSyntax ? statements : types).Append(member.ToFullString()).Append('\n');
    }

    private static string Method(string statements) => statements.Length == 0 ? "" : $$"""
        internal static class Program
        {
            private static async Task Main(string[] args)
            {
        {{statements}}
                await Task.CompletedTask;
            }
        }
        """;

    [GeneratedRegex(@"(<!-- (?<mark>alone|generated)\b(?<before>[^`]*?)-->\n)?^```csharp\n(?<shown>.*?)^```|<!-- csharp\n(?<hidden>.*?)-->", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Unfit();
}
