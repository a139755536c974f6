namespace DrawImages.Rendering;

/// <summary>A place or a direction in space: x to the right, y up, z away from the eye.</summary>
internal readonly record struct Vector(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public static Vector operator +(Vector left, Vector right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Vector operator -(Vector left, Vector right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    public static Vector operator *(Vector vector, double factor) => new(vector.X * factor, vector.Y * factor, vector.Z * factor);

    /// <summary>Divided axis by axis.</summary>
    public static Vector operator /(Vector left, Vector right) => new(left.X / right.X, left.Y / right.Y, left.Z / right.Z);

    public double Dot(Vector other) => X * other.X + Y * other.Y + Z * other.Z;

    public Vector Unit() => this * (1 / Length);
}
