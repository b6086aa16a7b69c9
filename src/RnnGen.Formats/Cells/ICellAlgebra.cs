namespace RnnGen.Formats;

/// <summary>
/// What the equations of a cell are written with. Computing them, and writing them in another language, are two of these; the equations themselves are written
/// once, in <see cref="CellEquations{T}"/>.
/// </summary>
/// <typeparam name="T">A vector: its values, or the name under which it is known.</typeparam>
internal interface ICellAlgebra<T>
{
    /// <summary>Rows of a matrix of the layer's times a vector.</summary>
    /// <param name="matrix">The parameter, without the layer's name: <c>weight_ih</c>.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="vector">The vector.</param>
    T Product(string matrix, int firstRow, int rows, T vector);

    /// <summary>A part of a vector of the layer's parameters.</summary>
    T Parameter(string name, int start, int count);

    /// <summary>The sum, value by value.</summary>
    T Add(T one, T other);

    /// <summary>The product, value by value.</summary>
    T Multiply(T one, T other);

    /// <summary><c>1 − x</c>.</summary>
    T OneMinus(T x);

    /// <summary>An activation function that acts value by value; an α or β of 0 is not set.</summary>
    T Activate(Activation activation, T x, float alpha, float beta);

    /// <summary>Each value no larger than the limit, in magnitude.</summary>
    T Clip(T x, float limit);

    /// <summary><c>(x − mean) / √(variance + 1e-5)</c>, over all values.</summary>
    T Normalize(T x);
}
