using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>Reports what a layer's own rules have against the options that are given.</summary>
internal static class OptionRules
{
    public static void Check(LayerDeclaration layer, ProblemList problems)
    {
        foreach (var rule in layer.Kind?.Rules ?? [])
            if (layer.Spec.Has(rule.Option) && rule.Check(layer.Spec) is { } problem)
                Add(problem, layer, problems);
    }

    private static void Add(OptionProblem problem, LayerDeclaration layer, ProblemList problems)
    {
        if (problem is OptionProblem.OutOfRange range)
            problems.Add(DiagnosticDescriptors.OptionOutOfRange, layer.Location, range.Option, range.Value, layer.Spec.Kind, range.Range);
        else if (problem is OptionProblem.WithoutEffect idle)
            problems.Add(DiagnosticDescriptors.OptionWithoutEffect, layer.Location, idle.Option, layer.Spec.Kind, idle.Where, idle.Instead);
        else
            throw new ArgumentException($"no problem '{problem}'");
    }
}
