using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints what a kernel's pointers are bound to, inside a loop whose variables are <c>row</c>, <c>next</c>, <c>before</c> and <c>after</c>.</summary>
internal static class BindingText
{
    /// <summary>A reference to the rows of the step at hand.</summary>
    public static string Of(Binding binding) => Of(binding, Local(binding));

    /// <summary>The same from another reference to the binding's place.</summary>
    public static string Of(Binding binding, string place) =>
        KernelText.At(place, KernelText.Sum(N(binding.Offset), KernelText.Times(Row(binding.Moment), binding.Stride)));

    private static string Row(Moment moment) => moment switch
    {
        Moment.Step => "row",
        Moment.NextStep => "next",
        Moment.Before => "before",
        Moment.After => "after",
        Moment.Sequence => "tape.First",
        _ => "0",
    };

    /// <summary>A reference to all rows of all steps.</summary>
    public static string Whole(Binding binding) =>
        KernelText.At(Local(binding), binding.Moment == Moment.NextStep ? KernelText.Times("(nint)tape.Batch", binding.Stride) : N(binding.Offset));

    /// <summary>The local that holds the place.</summary>
    public static string Local(Binding binding) => Names.Camel(binding.Place);

    /// <summary>The reference of a product's or a cell's weights.</summary>
    public static string Weights(string weights, int offset) => KernelText.At(weights, N(offset));
}
