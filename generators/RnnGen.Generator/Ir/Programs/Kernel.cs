namespace RnnGen.Generator.Ir.Programs;

/// <summary>A loop that each instruction set has its own code for: a product, equations, a gradient of weights.</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
internal abstract record Kernel(string Id, string Summary)
{
    /// <summary>What it reads and writes, in the order of its parameters.</summary>
    public abstract IReadOnlyList<KernelParameter> Parameters { get; }
}

/// <summary>A reference that a kernel is given.</summary>
/// <param name="Name">What the equations call it.</param>
/// <param name="Kind">What lies there.</param>
internal sealed record KernelParameter(string Name, ParameterKind Kind = ParameterKind.Rows);

/// <summary>What lies at a kernel's parameter.</summary>
internal enum ParameterKind
{
    /// <summary>Rows of floats, as many as the kernel is told.</summary>
    Rows,

    /// <summary>The weights of a stage, their gradients, or a block of these.</summary>
    Weights,

    /// <summary>A byte per row.</summary>
    Mask,
}
