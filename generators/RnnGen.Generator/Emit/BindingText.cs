using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints what a kernel's pointers are bound to, inside a loop whose variables are <c>row</c>, <c>next</c>, <c>before</c> and <c>after</c>.</summary>
internal static class BindingText
{
    /// <summary>A reference to the rows of the step at hand; <paramref name="batch"/> says how many rows one of two buffers has.</summary>
    public static string Of(Binding binding, string batch)
    {
        string row = binding.Moment switch
        {
            Moment.Step => KernelText.Times("row", binding.Stride),
            Moment.NextStep => KernelText.Times("next", binding.Stride),
            Moment.Before => Buffer("before", batch, binding.Stride),
            Moment.After => Buffer("after", batch, binding.Stride),
            _ => "0",
        };
        return KernelText.At(Local(binding), KernelText.Sum(N(binding.Offset), row));
    }

    /// <summary>A reference to all rows of all steps.</summary>
    public static string Whole(Binding binding) =>
        KernelText.At(Local(binding), binding.Moment == Moment.NextStep ? KernelText.Times("(nint)tape.Batch", binding.Stride) : N(binding.Offset));

    /// <summary>The local that holds the place.</summary>
    public static string Local(Binding binding) => Names.Camel(binding.Place);

    /// <summary>The reference of a product's or a cell's weights.</summary>
    public static string Weights(string weights, int offset) => KernelText.At(weights, N(offset));

    private static string Buffer(string which, string batch, int stride) =>
        int.TryParse(batch, out int rows) ? KernelText.Times(which, rows * stride) : $"{which} * {batch} * {N(stride)}";
}
