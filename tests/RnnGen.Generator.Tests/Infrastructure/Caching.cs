using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>What an incremental generator owes to the editor that it runs in: to do nothing twice, and to keep no compilation alive.</summary>
internal static class Caching
{
    /// <summary>Asserts that a run has done nothing anew.</summary>
    public static void AssertCached(GeneratorRunResult result) => AssertCached(SpecReasons(result), OutputReasons(result));

    /// <summary>Asserts that specs were at most read again, to find them equal, and that no file was made again.</summary>
    public static void AssertCached(IEnumerable<IncrementalStepRunReason> specs, IEnumerable<IncrementalStepRunReason> outputs)
    {
        Assert.All(specs, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"A spec is {reason}."));
        Assert.All(outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    /// <summary>Asserts that neither compilation nor symbol, syntax or location can be reached from what is cached.</summary>
    public static void AssertHoldsNoSymbols(GeneratorRunResult result)
    {
        foreach (string step in (string[])[RnnGenerator.SpecStep, CellMetadata.Step])
            foreach (var (value, _) in Steps(result.TrackedSteps, step).SelectMany(run => run.Outputs))
                AssertHoldsNoSymbols(value);
    }

    /// <inheritdoc cref="AssertHoldsNoSymbols(GeneratorRunResult)"/>
    public static void AssertHoldsNoSymbols(object value) => Walk(value, RnnGenerator.SpecStep, new HashSet<object>(ReferenceEqualityComparer.Instance));

    /// <summary>Why the spec of each network was, or was not, made anew.</summary>
    public static IEnumerable<IncrementalStepRunReason> SpecReasons(GeneratorRunResult result) => Reasons(Steps(result.TrackedSteps, RnnGenerator.SpecStep));

    /// <summary>Why the files of each network were, or were not, made anew.</summary>
    public static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        Reasons(result.TrackedOutputSteps.Values.SelectMany(steps => steps));

    private static IEnumerable<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalGeneratorRunStep> Steps(IReadOnlyDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> tracked, string name) =>
        tracked.TryGetValue(name, out var steps) ? steps : [];

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || value is string || value.GetType().IsEnum || !seen.Add(value))
            return;
        var isForbidden = value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or SemanticModel or Location or Diagnostic;
        Assert.False(isForbidden, $"{path} holds a {value.GetType().Name}.");
        if (value is IEnumerable items)
            foreach (var item in items)
                Walk(item, path + "[]", seen);
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
    }
}
