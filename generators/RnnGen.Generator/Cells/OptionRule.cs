using System.Globalization;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>What an option of a layer may be, or where it means something. The cell that reads the option has the rule beside it.</summary>
/// <param name="Option">The attribute's property.</param>
/// <param name="Check">What is wrong with a layer; null where nothing is. It is asked only where the option is given.</param>
internal sealed record OptionRule(string Option, Func<LayerSpec, OptionProblem?> Check)
{
    /// <summary>A bound that values are held within.</summary>
    public static OptionRule Bound(string option) => Range(option, value => value > 0, "a finite number above 0");

    /// <summary>A share of values that are hidden.</summary>
    public static OptionRule Share(string option) => Range(option, value => value is >= 0 and < 1, "at least 0 and less than 1");

    /// <summary>A number without bounds.</summary>
    public static OptionRule Finite(string option) => Range(option, _ => true, "a finite number");

    /// <summary>An option that means nothing where a condition holds.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isIdle">The condition.</param>
    /// <param name="where">The condition in words.</param>
    /// <param name="instead">What to do about it.</param>
    public static OptionRule IdleWhere(string option, Func<LayerSpec, bool> isIdle, string where, string instead) =>
        new(option, layer => isIdle(layer) ? new OptionProblem.WithoutEffect(option, where, instead) : null);

    /// <summary>The α and β of an activation. One that is not given has neither: no layer's own choice has.</summary>
    /// <param name="activation">The activation's option: <c>GateActivation</c>.</param>
    public static IEnumerable<OptionRule> OfActivation(string activation) =>
    [
        .. OfCoefficient(ActivationKind.AlphaOf(activation), activation, "α", row => row.Alpha is not null),
        .. OfCoefficient(ActivationKind.BetaOf(activation), activation, "β", row => row.Beta is not null),
    ];

    private static IEnumerable<OptionRule> OfCoefficient(string option, string activation, string letter, Func<ActivationKind, bool> has)
    {
        string choice = string.Join(", ", ActivationKind.Elementwise.Where(name => has(ActivationKind.Find(name)!)));
        yield return Finite(option);
        yield return IdleWhere(
            option, layer => ActivationKind.Find(layer.Text(activation, "")) is not { } row || !has(row),
            $"where {activation} has no {letter}", $"set {activation} to one of {choice}");
    }

    private static OptionRule Range(string option, Func<float, bool> holds, string range) => new(option, layer =>
        layer.Real(option) is { } value && (float.IsNaN(value) || float.IsInfinity(value) || !holds(value))
            ? new OptionProblem.OutOfRange(option, value.ToString(CultureInfo.InvariantCulture), range)
            : null);
}
