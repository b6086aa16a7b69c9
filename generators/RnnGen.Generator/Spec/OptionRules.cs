using System.Globalization;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Spec;

/// <summary>Options that hold a number which is no size: what they may be, and where they mean something.</summary>
internal static class OptionRules
{
    private static readonly string[] Bounds = ["Clip", "CellClip"];

    public static void Check(LayerDeclaration layer, ProblemList problems)
    {
        foreach (var option in layer.Options)
            if (option.Value.Value is float value)
            {
                CheckRange(option.Key, value, layer, problems);
                CheckActivation(option.Key, layer, problems);
            }

        CheckForgetBias(layer, problems);
    }

    private static void CheckRange(string option, float value, LayerDeclaration layer, ProblemList problems)
    {
        bool isBound = Bounds.Contains(option);
        if (float.IsNaN(value) || float.IsInfinity(value) || (isBound && value <= 0))
            problems.Add(
                DiagnosticDescriptors.OptionOutOfRange, layer.Location, option, value.ToString(CultureInfo.InvariantCulture), layer.Spec.Kind,
                isBound ? "a finite number above 0" : "a finite number");
    }

    /// <summary>An activation that is not given has neither α nor β: no layer's own choice has.</summary>
    private static void CheckActivation(string option, LayerDeclaration layer, ProblemList problems)
    {
        foreach (var (letter, has) in new (string, Func<ActivationKind, bool>)[] { ("α", row => row.Alpha is not null), ("β", row => row.Beta is not null) })
        {
            if (ActivationKind.OptionOf(option, letter) is not { } activation || ActivationKind.Find(layer.Spec.Text(activation, "")) is { } row && has(row))
                continue;
            string choice = string.Join(", ", ActivationKind.Elementwise.Where(name => has(ActivationKind.Find(name)!)));
            problems.Add(
                DiagnosticDescriptors.OptionWithoutEffect, layer.Location, option, layer.Spec.Kind, $"where {activation} has no {letter}", $"set {activation} to one of {choice}");
        }
    }

    private static void CheckForgetBias(LayerDeclaration layer, ProblemList problems)
    {
        if (layer.Spec.Real("ForgetBias") is null)
            return;
        if (!layer.Spec.Flag("Bias", byDefault: true))
            Add("without biases", "leave out Bias = false");
        else if (layer.Spec.Flag("CoupledGates"))
            Add("on coupled gates, whose forget gate is 1 − i", "leave out CoupledGates");

        void Add(string where, string instead) => problems.Add(DiagnosticDescriptors.OptionWithoutEffect, layer.Location, "ForgetBias", layer.Spec.Kind, where, instead);
    }
}
