using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace RnnGen.CodeFixes;

/// <summary>What all fixes have in common: each changes one file, where a diagnostic is, and can do so for all of its kind.</summary>
/// <param name="ids">The diagnostics.</param>
public abstract class NetworkFix(params string[] ids) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. ids];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Fix(root, node, diagnostic) is not var (title, changed))
                continue;
            var action = CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), equivalenceKey: GetType().Name);
            context.RegisterCodeFix(action, diagnostic);
        }
    }

    /// <summary>Changes a file so that a diagnostic is gone.</summary>
    /// <param name="root">The file.</param>
    /// <param name="node">The innermost node where the diagnostic is.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>What an editor calls the change, and the changed file; null where there is no one answer.</returns>
    private protected abstract (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic);
}
